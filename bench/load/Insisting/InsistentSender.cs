using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Postroom.Load.Wire;

namespace Postroom.Load.Insisting;

/// <summary>
/// Sends each request as a careful client does: under one key, until it is answered. Every acknowledgement is a line of
/// the record as soon as it came: the request's number, the entry that the answer names, and the digest of its body.
/// </summary>
internal sealed class InsistentSender : IDisposable
{
    private readonly RequestStream _requests;
    private readonly InsistPlan _plan;
    private readonly TextWriter _record;
    private readonly Uri _address;
    private readonly HttpClient _client;
    private readonly Lock _gate = new();
    private int _next;
    private long _acknowledged;
    private long _replayed;
    private long _retried;
    private long _refused;
    private long _unanswered;
    private string? _firstRefusal;

    internal InsistentSender(int port, string path, RequestStream requests, InsistPlan plan, TextWriter record)
    {
        _requests = requests;
        _plan = plan;
        _record = record;
        _address = new Uri($"http://127.0.0.1:{port}{path}");
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    }

    internal async Task<InsistResult> RunAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _plan.Connections).Select(_ => Task.Run(() => SendAllAsync(startedAt))));
        return new InsistResult
        {
            Acknowledged = _acknowledged,
            Replayed = _replayed,
            Retried = _retried,
            Refused = _refused,
            Unanswered = _unanswered,
            Seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds,
            FirstRefusal = _firstRefusal,
        };
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAllAsync(long startedAt)
    {
        while (Interlocked.Increment(ref _next) - 1 is var number && number < _plan.Count)
        {
            var early = TimeSpan.FromSeconds(number / _plan.Rate) - Stopwatch.GetElapsedTime(startedAt);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            await InsistAsync(number);
        }
    }

    private async Task InsistAsync(int number)
    {
        using var patience = new CancellationTokenSource(_plan.Patience);
        var body = BodyOf(number);
        try
        {
            for (var pause = _plan.FirstPause; !await TrySendAsync(number, body, patience.Token);)
            {
                await Task.Delay(pause, patience.Token);
                pause = pause * 2 < _plan.LastPause ? pause * 2 : _plan.LastPause;
                Interlocked.Increment(ref _retried);
            }
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _unanswered);
        }
    }

    /// <summary>False when the request is to be sent again.</summary>
    private async Task<bool> TrySendAsync(int number, byte[] body, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("Accept", "application/json");
            request.Headers.Add("Idempotency-Key", _requests.KeyOf(number).ToString());
            using var answer = await _client.SendAsync(request, stop);
            if (answer.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.Conflict)
            {
                return false;
            }

            Record(number, answer, await answer.Content.ReadAsByteArrayAsync(stop));
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // the connection broke: nobody knows what became of it, and the key finds out
        }
    }

    private void Record(int number, HttpResponseMessage answer, byte[] body)
    {
        lock (_gate)
        {
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                _refused++;
                _firstRefusal ??= $"{(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}";
                return;
            }

            _acknowledged++;
            _replayed += HeaderOf(answer, "Idempotency-Status") == "replayed" ? 1 : 0;
            _record.WriteLine($"{number}\t{HeaderOf(answer, "Postroom-Entry")}\t{Convert.ToHexString(SHA256.HashData(body))}");
            _record.Flush();
        }
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private byte[] BodyOf(int number)
    {
        lock (_gate)
        {
            return _requests.Write(number)[_requests.HeadLength..].ToArray();
        }
    }
}
