using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Identity;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Tests.Inbox;

/// <summary>The inbox over a real socket and a memory store.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private static readonly X509Certificate2 s_certificate = MakeCertificate();

    private readonly WebApplication _app;

    private ConsoleHost(
        WebApplication app, SetTime time, MemoryPostStore store, MemoryTraceStore traces, MemoryFileStore files)
    {
        Files = files;
        _app = app;
        Time = time;
        Store = store;
        Traces = traces;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Root = addresses.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => s_certificate.Equals(shown) },
        })
        {
            BaseAddress = new Uri(Root),
        };
        Links = new SignInLinks(store.Secret, time, EntropySource.System);
    }

    public SetTime Time { get; }

    public MemoryPostStore Store { get; }

    public MemoryTraceStore Traces { get; }

    public MemoryFileStore Files { get; }

    public required OneJob Releases { get; init; }

    public SignInLinks Links { get; }

    public HttpClient Http { get; }

    /// <summary>The server's own origin.</summary>
    public string Root { get; }

    public static async Task<ConsoleHost> StartAsync(bool https = false)
    {
        var time = new SetTime();
        var store = new MemoryPostStore(time, EntropySource.System);
        var traces = new MemoryTraceStore();
        var files = new MemoryFileStore(time);
        var releases = new OneJob(store);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, https)));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IPostStore>(store);
        builder.Services.AddSingleton<ITraceStore>(traces);
        builder.Services.AddSingleton<IFileStore>(files);
        builder.Services.AddSingleton<IEntryReleases>(releases);
        builder.Services.AddSingleton<PlanTable>();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(EntropySource.System);
        var app = builder.Build();
        app.MapPostroomConsole();
        await app.StartAsync();
        return new ConsoleHost(app, time, store, traces, files) { Releases = releases };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        await Traces.DisposeAsync();
    }

    /// <summary>Adds an entry, one millisecond after the one before.</summary>
    public async Task<Entry> AddAsync(string document, Func<Entry, Entry>? change = null)
    {
        Time.Now += TimeSpan.FromMilliseconds(1);
        var entry = new Entry
        {
            Id = Store.Ids.Next(),
            Endpoint = "/api/contact",
            ReceivedAt = Time.Milliseconds,
            Document = Encoding.UTF8.GetBytes(document),
            MediaType = "application/json",
            Answer = new StoredAnswer(201, "{\"message\":\"Thanks\"}"u8.ToArray()),
        };
        entry = change?.Invoke(entry) ?? entry;
        var outcome = await Store.CommitAsync(new PostUnit { Guards = [], Writes = [new InsertEntry(entry)] });
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        return entry;
    }

    /// <summary>Adds many entries with the same document.</summary>
    public async Task AddManyAsync(int count, string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(1000))
        {
            var writes = numbers.Select(_ => new InsertEntry(new Entry
            {
                Id = Store.Ids.Next(),
                Endpoint = "/api/contact",
                ReceivedAt = Time.Milliseconds,
                Document = bytes,
            }));
            await Store.CommitAsync(new PostUnit { Guards = [], Writes = [.. writes] });
        }
    }

    public Entry? Find(EntryId id)
    {
        using var reader = Store.Read();
        return reader.FindEntry(id);
    }

    public IReadOnlyList<Job> JobsOf(EntryId id)
    {
        using var reader = Store.Read();
        return reader.ListJobs(id);
    }

    /// <summary>A browser that has signed in by a fresh link.</summary>
    public async Task<ConsoleClient> SignInAsync()
    {
        var client = new ConsoleClient(this);
        var answer = await client.SignInAsync(Links.MakePath());
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return client;
    }

    private static void Configure(ListenOptions listen, bool https)
    {
        if (https)
        {
            listen.UseHttps(s_certificate);
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
