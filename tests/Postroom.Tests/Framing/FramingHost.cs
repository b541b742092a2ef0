using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Framing;

/// <summary>One host for the rows of a class, and how a row is judged.</summary>
public sealed class FramingHost : IAsyncLifetime
{
    public const string Body = """{"name":"Ada","email":"ada@example.com"}""";

    public const string Line = "POST /api/contact HTTP/1.1\r\n";

    public const string Host = "Host: a\r\n";

    public const string Json = "Content-Type: application/json\r\n";

    public const string Chunked = "Transfer-Encoding: chunked\r\n";

    /// <summary>The body in one chunk, its size in the two digits that the rows write.</summary>
    public const string Chunks = "28\r\n" + Body + "\r\n0\r\n\r\n";

    /// <summary>What follows on the connection; the server closes after it.</summary>
    public const string Next = Line + Host + Json + "Connection: close\r\nContent-Length: 40\r\n\r\n" + Body;

    private PostHost _host = null!;
    private int _created;

    public Uri Address => _host.Address;

    public int Count => _host.Entries().Count;

    /// <summary>How many requests were answered with 201, whether or not the answer reached the client.</summary>
    public int Created => Volatile.Read(ref _created);

    public async ValueTask InitializeAsync() => _host = await PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [PostHost.Contact] }, app => app.Use(CountAsync));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public Task DrainAsync() => _host.DrainAsync();

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode == 201)
        {
            Interlocked.Increment(ref _created);
        }
    }

    /// <summary>
    /// Sends a request and another behind it. A refused one closes the connection, so that nothing behind it is read;
    /// a taken one leaves exactly the other. What is stored is what was acknowledged.
    /// </summary>
    internal async Task<RawExchange> JudgeAsync(string request, string statuses)
    {
        var before = Count;
        var exchange = await RawExchange.SendAsync(Address, request + Next);
        Assert.Equal(statuses, exchange.Statuses);
        Assert.Equal(statuses.Split(' ').Count(status => status == "201"), Count - before);
        Assert.True(statuses.Contains(' ', StringComparison.Ordinal) || exchange.ClosesAfterFirst, exchange.Text);
        return exchange;
    }
}
