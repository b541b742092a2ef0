namespace Postroom.Browser.Tests;

/// <summary>One server for all of the tutorial's requests: nothing that one leaves behind changes another.</summary>
public sealed class TutorialSite : IAsyncLifetime
{
    internal PostroomServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddPage("tutorial.html", ForeignPages.Tutorial(""));
            example.AddAtEnd("  /api/strict: {kind: form, idempotency: required}");
            example.AddAtEnd("  /api/timely: {kind: form, idempotency: {refuseLate: true}}");
        });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
