namespace Postroom.Browser.Tests;

/// <summary>One server for the rows of a class, with the origins that count in production and no rates.</summary>
public sealed class ProductionServer : IAsyncLifetime
{
    /// <summary>The end of a line of the log about a POST that was refused for its origin.</summary>
    public const string Refused = " 403 origin-refused ";

    public const string Stored = " 201 stored ";

    internal PostroomServer Server { get; private set; } = null!;

    /// <summary>A server of pages whose origin is declared.</summary>
    internal PageServer Listed { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Listed = await PageServer.StartAsync();
        Server = await StartAsync("url: https://post.example.com", $"origins: [{Listed.Url}]");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Listed.DisposeAsync();
    }

    internal static Task<PostroomServer> StartAsync(params string[] lines) =>
        PostroomServer.StartChangedExampleAsync(example =>
        {
            foreach (var line in lines)
            {
                example.AddAtTop(line);
            }

            example.AddAtEnd("    limits: {rate: off}");
        });
}
