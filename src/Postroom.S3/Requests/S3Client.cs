using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Postroom.Storage;

namespace Postroom.S3.Requests;

/// <summary>
/// Sends requests to the bucket: signed, each try bounded in time, tried again where the next try may end otherwise.
/// </summary>
internal sealed class S3Client : IDisposable
{
    /// <summary>
    /// How much longer a request may take for which the store joins or copies: "could take several minutes".
    /// </summary>
    private const int LongFactor = 10;

    private const int RefusalBytesMax = 64 * 1024;

    /// <summary>A body that goes slower than this is given up: bytes a second.</summary>
    private const double RateMin = 128 * 1024;

    private static readonly TimeSpan s_connectWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(5);
    private static readonly byte[] s_emptyDigest = SHA256.HashData([]);

    private readonly HttpClient _http;
    private readonly S3Signature _signature;
    private readonly TimeProvider _time;
    private readonly EntropySource _entropy;
    private readonly ILogger _logger;

    public S3Client(S3Options options, TimeProvider time, EntropySource entropy, ILogger logger)
    {
        (Options, _time, _entropy, _logger) = (options, time, entropy, logger);
        _signature = new S3Signature(options.Region, options.AccessKey, options.SecretKey);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = s_connectWait,
            PooledConnectionLifetime = s_connectionLife,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public S3Options Options { get; }

    public TimeProvider Time => _time;

    /// <summary>
    /// The answer, or a refusal that a caller can do something about: what is not there, or not what was expected.
    /// </summary>
    /// <exception cref="StorageFullException">The store has no room.</exception>
    /// <exception cref="StoreUnreachableException">No try had an end that helps; the message says why.</exception>
    public async Task<S3Answer> SendAsync(S3Request request, CancellationToken cancel = default)
    {
        var digest = request.BodyDigest
            ?? (request.Body.IsEmpty ? s_emptyDigest : SHA256.HashData(request.Body.Span));
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt >= Options.Tries;
            TimeSpan? asked = null;
            try
            {
                var response = await SendOnceAsync(request, digest, cancel);
                if (response.IsSuccessStatusCode)
                {
                    return new S3Answer(response, null);
                }

                var code = await CodeOfAsync(response, cancel);
                if (isLast || !S3Codes.IsPassing((int)response.StatusCode, code))
                {
                    return Judge(request, response, code);
                }

                asked = response.Headers.RetryAfter?.Delta;
                Log.TriedAgain(_logger, request.Method.Method, request.Key, code);
                response.Dispose();
            }
            catch (Exception failure) when (IsOfNetwork(failure, cancel))
            {
                if (isLast || failure.InnerException is AuthenticationException)
                {
                    throw new StoreUnreachableException(S3Reasons.Of(Options, failure), failure);
                }

                Log.TriedAgain(_logger, request.Method.Method, request.Key, failure.GetType().Name);
            }

            await Task.Delay(Pause(attempt, asked), _time, cancel);
        }
    }

    /// <summary>The text of an answer.</summary>
    public async Task<string> ReadAsync(
        S3Answer answer, int bytesMax, bool isLong = false, CancellationToken cancel = default)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wait.CancelAfter(isLong ? Options.AnswerWait * LongFactor : Options.AnswerWait);
        try
        {
            return await ReadAsync(answer.Response, bytesMax, wait.Token);
        }
        catch (Exception failure) when (IsOfNetwork(failure, cancel))
        {
            throw new StoreUnreachableException(S3Reasons.Of(Options, failure), failure);
        }
    }

    /// <summary>Whether a failure is the network's, or that of a try that took too long.</summary>
    public static bool IsOfNetwork(Exception failure, CancellationToken cancel) =>
        (failure is HttpRequestException or IOException && failure is not (StoreUnreachableException
            or StorageFullException or FileNotFoundException))
        || (failure is OperationCanceledException && !cancel.IsCancellationRequested);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(S3Request request, byte[] digest, CancellationToken cancel)
    {
        var root = Options.Root;
        var query = S3Signature.QueryOf(request);
        var address = S3Signature.PathOf(request, root) + (query.Length == 0 ? "" : "?" + query);
        using var message = new HttpRequestMessage(request.Method, new Uri(root, address));
        if (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
        }

        foreach (var (name, value) in _signature.Sign(request, root, digest, _time.GetUtcNow()))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wait.CancelAfter((request.IsLong ? Options.AnswerWait * LongFactor : Options.AnswerWait)
            + TimeSpan.FromSeconds(request.Body.Length / RateMin));
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, wait.Token);
    }

    /// <summary>A refusal to HEAD has no body; then its status must do.</summary>
    private async Task<string> CodeOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wait.CancelAfter(Options.AnswerWait);
        return S3Xml.Find(await ReadAsync(response, RefusalBytesMax, wait.Token), "Code")
            ?? (int)response.StatusCode switch
            {
                404 => S3Codes.NoSuchKey,
                405 or 501 => S3Codes.NotImplemented,
                403 => "AccessDenied",
                301 or 307 => "PermanentRedirect",
                var status => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
    }

    private S3Answer Judge(S3Request request, HttpResponseMessage response, string code)
    {
        if (code is S3Codes.NoSuchKey or S3Codes.NoSuchUpload or S3Codes.NotImplemented
            || (int)response.StatusCode is 405 or 412 or 416 or 501)
        {
            return new S3Answer(response, (int)response.StatusCode switch
            {
                405 or 501 => S3Codes.NotImplemented,
                416 => S3Codes.InvalidRange,
                _ => code,
            });
        }

        using (response)
        {
            throw S3Codes.IsFull(code)
                ? new StorageFullException($"The object store has no room: {code}.")
                : new StoreUnreachableException(
                    S3Reasons.Of(Options, request, code, response.Headers.Date - _time.GetUtcNow()));
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, int bytesMax, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var text = new MemoryStream();
        var piece = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(piece, cancel)) > 0 && text.Length < bytesMax)
        {
            text.Write(piece, 0, count);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Longer each time, and for each caller another, so that they do not come back together.</summary>
    private TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var pause = s_firstPause * (1 << attempt) * ((1 + (_entropy.NextUInt64() >> 11) * (1.0 / (1UL << 53))) / 2);
        return asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Value.Ticks, s_pauseMax.Ticks)) : pause;
    }
}
