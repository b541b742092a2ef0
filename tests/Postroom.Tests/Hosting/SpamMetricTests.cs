using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>What the rules about spam hold is counted by endpoint and reason, and by nothing that a message says.</summary>
public sealed class SpamMetricTests
{
    [Fact]
    public async Task Held_messages_are_counted_by_their_first_reason()
    {
        await using var host = await PostHost.StartAsync(
            PostHost.Contact with { Spam = new SpamDeclaration { Links = 0, Words = ["casino"] } });
        var counted = new ConcurrentBag<string>();
        using var listener = Listen(host, counted);
        string[] messages = ["hello", "a casino", "a casino at http://a.example", "http://a.example"];
        foreach (var message in messages)
        {
            using var answer = await host.PostJsonAsync(
                $$"""{"name":"Ada","email":"ada@example.com","message":"{{message}}"}""");
        }

        using var refused = await host.PostJsonAsync("""{"message":"a casino"}""");
        Assert.Equal(
            ["/api/contact links 1", "/api/contact links 1", "/api/contact words 1"], counted.Order());
    }

    private static MeterListener Listen(PostHost host, ConcurrentBag<string> counted)
    {
        // Other tests of this process have meters of the same name.
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "postroom.spam.verdicts" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            counted.Add($"{tags[0].Value} {tags[1].Value} {value}"));
        listener.Start();
        return listener;
    }
}
