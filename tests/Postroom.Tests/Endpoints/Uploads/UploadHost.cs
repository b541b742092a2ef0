using System.Net;
using System.Security.Cryptography;
using System.Text;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>A host with an endpoint for uploads, and short ways to speak both protocols with it.</summary>
public sealed class UploadHost : IAsyncDisposable
{
    public const string Path = "/api/uploads";

    private readonly StoreKind _kind;

    private UploadHost(PostHost host, StoreKind kind) => (Host, _kind) = (host, kind);

    public PostHost Host { get; }

    public HttpClient Client => Host.Client;

    public static EndpointDeclaration Plain { get; } =
        new EndpointDeclaration { Path = Path, Kind = EndpointKind.Upload }.AsUpload();

    public static async Task<UploadHost> StartAsync(
        Func<EndpointDeclaration, EndpointDeclaration>? change = null, string store = "sqlite",
        TestCallers? callers = null, PostroomDeclaration? server = null, Action<PostroomBuilder>? storage = null)
    {
        var kind = new StoreKind(store);
        var endpoint = change is null ? Plain : change(Plain);
        var declaration = (server ?? new PostroomDeclaration()) with { Endpoints = [endpoint] };
        return new UploadHost(
            await PostHost.StartAsync(
                declaration, store: storage ?? kind.Choose,
                configure: callers is null ? null : callers.Add),
            kind);
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, byte[]? body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Client.SendAsync(request);
    }

    /// <summary>A request of tus.</summary>
    public Task<HttpResponseMessage> TusAsync(
        string method, string path, byte[]? body = null, params (string Name, string? Value)[] headers) =>
        SendAsync(method, path, body,
        [
            ("Tus-Resumable", "1.0.0"),
            ("Content-Type", body is null ? null : "application/offset+octet-stream"),
            .. headers,
        ]);

    /// <summary>Begins an upload by tus; gives its address.</summary>
    public async Task<string> TusCreateAsync(long length, string? metadata = null)
    {
        var answer = await TusAsync("POST", Path, null,
            ("Upload-Length", $"{length}"), ("Upload-Metadata", metadata));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Header("Location")!;
    }

    public Task<HttpResponseMessage> TusPatchAsync(
        string path, long offset, byte[] body, params (string Name, string? Value)[] headers) =>
        TusAsync("PATCH", path, body, [("Upload-Offset", $"{offset}"), .. headers]);

    /// <summary>A request of the draft.</summary>
    public Task<HttpResponseMessage> DraftAsync(
        string method, string path, byte[]? body = null, params (string Name, string? Value)[] headers) =>
        SendAsync(method, path, body, [("Upload-Draft-Interop-Version", "8"), .. headers]);

    /// <summary>Begins an upload by the draft, with bytes or carefully without; gives its address.</summary>
    public async Task<string> DraftCreateAsync(byte[] body, params (string Name, string? Value)[] headers)
    {
        var answer = await DraftAsync("POST", Path, body, [("Upload-Complete", "?0"), .. headers]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Header("Location")!;
    }

    public Task<HttpResponseMessage> DraftPatchAsync(
        string path, long offset, bool complete, byte[] body, params (string Name, string? Value)[] headers) =>
        DraftAsync("PATCH", path, body,
        [
            ("Content-Type", "application/partial-upload"), ("Upload-Offset", $"{offset}"),
            ("Upload-Complete", complete ? "?1" : "?0"), .. headers,
        ]);

    /// <summary>Where the upload stands, as tus tells it.</summary>
    public async Task<string?> OffsetAsync(string path) => (await TusAsync("HEAD", path)).Header("Upload-Offset");

    public Task<byte[]> DownloadAsync(string path) => Client.GetByteArrayAsync(path);

    public Upload? Find(string path)
    {
        using var reader = Host.Store.Read();
        Assert.True(EntryId.TryParse(path[(path.LastIndexOf('/') + 1)..], out var id));
        return reader.FindUpload(id);
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _kind.Dispose();
    }
}
