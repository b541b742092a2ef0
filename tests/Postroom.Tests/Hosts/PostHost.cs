using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Storage;

namespace Postroom.Tests.Hosts;

/// <summary>Postroom on a real Kestrel socket of loopback, with a clock that the test moves.</summary>
public sealed class PostHost : IAsyncDisposable
{
    public const string ContactSchema = """
        {"type":"object","required":["name","email"],"properties":{
          "name":{"type":"string","minLength":1,"maxLength":200},
          "email":{"type":"string","format":"email"},
          "message":{"type":"string","maxLength":5000}}}
        """;

    private readonly WebApplication _app;

    private readonly ConnectionCount _connections;

    private PostHost(WebApplication app, ManualTime time, LogRecorder log, ConnectionCount connections)
    {
        _connections = connections;
        _app = app;
        Time = time;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First());
        Client = NewClient();
    }

    public ManualTime Time { get; }

    public LogRecorder Log { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IPostStore Store => _app.Services.GetRequiredService<IPostStore>();

    public static EndpointDeclaration Contact { get; } = new()
    {
        Path = "/api/contact",
        Kind = EndpointKind.Form,
        Schema = Encoding.UTF8.GetBytes(ContactSchema),
        Respond = new RespondDeclaration
        {
            Created = "Thank you for contacting us, {{name}}!",
            Required = "Name and email are required.",
        },
        Redirect = "/thanks.html",
    };

    public static Task<PostHost> StartAsync(params EndpointDeclaration[] endpoints) =>
        StartAsync(new PostroomDeclaration { Endpoints = endpoints.Length == 0 ? [Contact] : endpoints });

    public static async Task<PostHost> StartAsync(
        PostroomDeclaration declaration, Action<WebApplication>? map = null, Action<PostroomBuilder>? store = null,
        Action<WebApplicationBuilder>? configure = null, ManualTime? time = null)
    {
        var clock = time ?? new ManualTime();
        var log = new LogRecorder();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var connections = new ConnectionCount();
        builder.WebHost.UseKestrelCore().UsePostroomKestrel().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Use(next => context => connections.TrackAsync(context, next))));
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        var postroom = builder.AddPostroom(new PostroomOptions { Declaration = declaration });
        (store ?? (chosen => chosen.UseMemoryStore()))(postroom);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapPostroom();
        map?.Invoke(app);
        await app.StartAsync();
        return new PostHost(app, clock, log, connections);
    }

    /// <summary>Completes when the server is done with all connections that were made.</summary>
    public Task DrainAsync() => Patience.UntilAsync(() => _connections.IsZero, "the end of all connections");

    public HttpClient NewClient() =>
        new(new DescribedRefusals(Services) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } })
        {
            BaseAddress = Address,
        };

    public Task<HttpResponseMessage> PostJsonAsync(string json, params (string Name, string Value)[] headers) =>
        PostAsync("/api/contact", "application/json", json, headers);

    public async Task<HttpResponseMessage> PostAsync(
        string path, string mediaType, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostFormAsync(string fields, params (string Name, string Value)[] headers) =>
        PostAsync("/api/contact", "application/x-www-form-urlencoded", fields, headers);

    public Task<HttpResponseMessage> PostNoteAsync(string text, params (string Name, string Value)[] headers) =>
        PostAsync("/api/note", "application/json", $$"""{"text":"{{text}}"}""", headers);

    /// <summary>Sends a request without a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>A host with one form of C# under <c>/api/note</c>.</summary>
    public static Task<PostHost> StartNotesAsync(
        Action<FormBuilder<Note>> form, Action<PostroomBuilder>? store = null, PostroomDeclaration? declaration = null,
        ManualTime? time = null) => StartAsync(
            declaration ?? new PostroomDeclaration(),
            app => form(app.MapForm("/api/note", NoteJson.Default.Note)),
            store,
            time: time);

    /// <summary>Begins to stop as a signal would; completes when the store is closed.</summary>
    public Task StopAsync(CancellationToken cancel = default) => _app.StopAsync(cancel);

    public IReadOnlyList<Entry> Entries(EntryState? state = null)
    {
        using var reader = Store.Read();
        return reader.ListEntries(new EntryQuery { State = state, Limit = 1000, OldestFirst = true }).Entries;
    }

    /// <summary>Completes when so many entries are stored: for POSTs whose answer nobody reads.</summary>
    public Task EntriesReachAsync(int count) =>
        Patience.UntilAsync(() => Entries().Count >= count, $"entry number {count}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
