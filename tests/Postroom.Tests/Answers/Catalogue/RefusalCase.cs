using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Answers.Catalogue;

/// <summary>One kind of refusal, and a request that brings it about each time that it is sent.</summary>
public sealed record RefusalCase(string Code)
{
    /// <summary>A page that may post, and one that may not.</summary>
    public const string Page = "https://www.example.com";

    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/api/contact";

    /// <summary>The path where it is known only after what happens before; null where it is known at once.</summary>
    public Func<string>? PathThen { get; init; }

    public string Host { get; init; } = "localhost";

    public string MediaType { get; init; } = "application/json";

    public string Body { get; init; } = Keys.Ada;

    /// <summary>Header lines beside those of every request.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>True where the body is chunked, and says so itself.</summary>
    public bool IsChunked { get; init; }

    public Func<EndpointDeclaration, EndpointDeclaration> Endpoint { get; init; } = endpoint => endpoint;

    /// <summary>What the store says instead of storing.</summary>
    public UnitOutcome? Outcome { get; init; }

    public Action<WebApplication>? Map { get; init; }

    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>What happens before the request.</summary>
    public Func<PostHost, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What ends what was begun before the request.</summary>
    public Func<Task> After { get; init; } = () => Task.CompletedTask;

    /// <summary>True where records are read: any page may send that, and only listed ones see the answer.</summary>
    public bool IsRead { get; init; }

    /// <summary>Why a page of a listed origin cannot read it; null where it can.</summary>
    public string? Unreadable { get; init; }

    public Task<PostHost> StartAsync()
    {
        var faults = new FaultInjector(new StoreKind("memory"));
        if (Outcome is { } outcome)
        {
            faults.Commit = (_, _) => new ValueTask<UnitOutcome>(outcome);
        }

        var contact = PostHost.Contact with { Limits = new LimitsDeclaration { Body = 10_000, Fields = 5, Rate = null } };
        return PostHost.StartAsync(
            new PostroomDeclaration
            {
                Url = new Uri("https://post.example.com"),
                Origins = [Page],
                Endpoints = [Endpoint(contact)],
            },
            Map,
            faults.Choose,
            Configure);
    }

    public Task<RawPost> SendAsync(PostHost host, string accept, string? origin)
    {
        string[] length = IsChunked ? [] : [$"Content-Length: {Body.Length}"];
        string[] page = origin is null ? [] : [$"Origin: {origin}", "Sec-Fetch-Site: cross-site"];
        string[] lines =
        [
            $"{Method} {PathThen?.Invoke() ?? Path} HTTP/1.1", $"Host: {Host}", $"Accept: {accept}", "Accept-Encoding: br, gzip",
            $"Content-Type: {MediaType}", "Connection: close", .. length, .. page, .. Headers,
        ];
        return RawPost.SendBytesAsync(host.Address, string.Join("\r\n", lines) + "\r\n\r\n" + Body);
    }
}
