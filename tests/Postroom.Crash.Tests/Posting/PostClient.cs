using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;

namespace Postroom.Crash.Tests.Posting;

/// <summary>Posts over real sockets and writes down what was sent and what came back, and when.</summary>
internal sealed class PostClient(
    Uri address, PostHistory history, Func<string, HttpContent>? content = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(30),
    };

    /// <param name="key">Whose message is posted.</param>
    /// <param name="patience">Given up when it is cancelled, which is a broken connection to the client.</param>
    public async Task<PostReply> PostAsync(string key, CancellationToken patience = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PostMessage.Path);
        request.Content = (content ?? PostMessage.Content)(key);
        request.Headers.Add("Idempotency-Key", key);
        history.Send(key, Stopwatch.GetTimestamp());
        try
        {
            using var response = await _http.SendAsync(request, patience);
            var body = await response.Content.ReadAsByteArrayAsync(patience);
            var moment = Stopwatch.GetTimestamp();
            var status = response.Headers.TryGetValues("Idempotency-Status", out var values) ? values.Single() : null;
            var reply = new PostReply((int)response.StatusCode, body, status)
            {
                SaysWhenAgain = response.Headers.RetryAfter is not null,
            };
            if (reply.IsAcknowledged)
            {
                history.Acknowledge(new Acknowledgement(key, reply.Status, body, moment));
            }

            return reply;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException)
        {
            return PostReply.Broken;
        }
    }

    /// <summary>
    /// Posts the keys over that many connections, each in its turn; <paramref name="seen"/> is told every reply and
    /// stops the rest by false.
    /// </summary>
    public async Task<List<PostReply>> PostAllAsync(
        IEnumerable<string> keys, int connections, Func<PostReply, bool> seen)
    {
        var replies = new List<PostReply>();
        var queue = new Queue<string>(keys);
        var going = true;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Take() is { } key)
            {
                var reply = await PostAsync(key);
                lock (queue)
                {
                    replies.Add(reply);
                    going = going && seen(reply);
                }
            }
        })));
        return replies;

        string? Take()
        {
            lock (queue)
            {
                return going && queue.TryDequeue(out var key) ? key : null;
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
