using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Postroom.S3.Tests.Servers;

/// <summary>
/// Stands before an object store and fails as a test wants it. It also copies parts and lists multipart uploads, which
/// the store from npm does not: no other store than itself has that from it.
/// </summary>
internal sealed class FaultyFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _store;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly List<(string Key, string Upload)> _uploads = [];

    private FaultyFront(WebApplication app, Uri store) => (_app, _store) = (app, store);

    /// <summary>What happens to a request; by default nothing.</summary>
    public Func<FrontRequest, FrontFault> Judge { get; set; } = _ => FrontFault.None;

    /// <summary>What has come, in its order.</summary>
    public List<FrontRequest> Requests { get; } = [];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<(string Key, string Upload)> Uploads => _uploads;

    public static async Task<FaultyFront> StartAsync(Uri store)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var front = new FaultyFront(app, store);
        app.Run(front.RunAsync);
        await app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task RunAsync(HttpContext http)
    {
        var request = FrontRequest.Of(http.Request);
        FrontFault fault;
        lock (Requests)
        {
            fault = Judge(request);
            Requests.Add(request);
        }

        switch (fault)
        {
            case FrontFault.Dropped:
                http.Abort();
                return;
            case FrontFault.Stalled:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case FrontFault.SlowDown or FrontFault.InternalError or FrontFault.AccessDenied or FrontFault.RequestTimeTooSkewed
                or FrontFault.QuotaExceeded:
                await RefuseAsync(http, fault);
                return;
        }

        await ForwardAsync(http, request, isLost: fault == FrontFault.AnswerLost);
    }

    private static async Task RefuseAsync(HttpContext http, FrontFault fault)
    {
        http.Response.StatusCode = fault switch
        {
            FrontFault.SlowDown => 503,
            FrontFault.InternalError => 500,
            _ => 403,
        };
        await http.Response.WriteAsync($"<Error><Code>{fault}</Code><Message>As the test wants it.</Message></Error>");
    }

    private async Task ForwardAsync(HttpContext http, FrontRequest request, bool isLost)
    {
        if (request.Kind == "GET uploads")
        {
            var rows = _uploads.Select(upload =>
                $"<Upload><Key>{upload.Key}</Key><UploadId>{upload.Upload}</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload>");
            await http.Response.WriteAsync($"<ListMultipartUploadsResult>{string.Concat(rows)}</ListMultipartUploadsResult>");
            return;
        }

        if (request.Kind == "DELETE upload")
        {
            _uploads.RemoveAll(upload => upload.Upload == request.Upload);
            http.Response.StatusCode = 204;
            return;
        }

        using var answer = await SendAsync(http, request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Remember(request, System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 2000))));
        if (isLost)
        {
            http.Abort();
            return;
        }

        if (request.Kind == "PUT copy" && answer.IsSuccessStatusCode)
        {
            await http.Response.WriteAsync($"<CopyPartResult><ETag>{answer.Headers.ETag}</ETag></CopyPartResult>");
            return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers))
        {
            if (header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
            {
                http.Response.Headers[header.Key] = header.Value.ToArray();
            }
        }

        if (http.Request.Method != "HEAD" && body.Length > 0)
        {
            await http.Response.Body.WriteAsync(body);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext http, FrontRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_store, request.Address));
        if (http.Request.Method is "PUT" or "POST")
        {
            message.Content = request.Source is { } source
                ? new ByteArrayContent(await _http.GetByteArrayAsync(new Uri(_store, source)))
                : new StreamContent(http.Request.Body);
            message.Content.Headers.ContentLength ??= http.Request.ContentLength;
        }

        foreach (var header in http.Request.Headers)
        {
            if (header.Key is not ("Host" or "Content-Length" or "x-amz-copy-source"))
            {
                message.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        return await _http.SendAsync(message);
    }

    private void Remember(FrontRequest request, string body)
    {
        if (request.Kind == "POST uploads" && body.Split("<UploadId>") is [_, var rest])
        {
            _uploads.Add((request.Key, rest.Split('<')[0]));
        }
        else if (request.Kind == "POST upload")
        {
            _uploads.RemoveAll(upload => upload.Upload == request.Upload);
        }
    }
}
