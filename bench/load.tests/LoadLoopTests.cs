using Postroom.Load.Driving;
using Postroom.Load.Wire;

namespace Postroom.Load.Tests;

public sealed class LoadLoopTests
{
    private const string Created = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
    private const string Refused = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";

    [Fact]
    public void TheClosedLoopCountsEveryAnswerOnce()
    {
        var plan = new LoadPlan(4, TimeSpan.FromSeconds(20)) { MaximumRequests = 500 };
        var (result, acknowledged) = Run(plan, _ => Created);
        Assert.Equal((500, 0), (result.Acknowledged, result.Errors));
        Assert.Equal(Enumerable.Range(0, 500).Select(number => (long)number), acknowledged.Sequences());
    }

    [Fact]
    public void ARefusalIsAnErrorAndIsNotAcknowledged()
    {
        var plan = new LoadPlan(1, TimeSpan.FromSeconds(20)) { MaximumRequests = 10 };
        var (result, acknowledged) = Run(plan, number => number == 3 ? Refused : Created);
        Assert.Equal((9, 1, 0), (result.Acknowledged, result.Refused, result.Broken));
        Assert.EndsWith("busy", result.FirstRefusal, StringComparison.Ordinal);
        Assert.DoesNotContain(3, acknowledged.Sequences());
        Assert.Equal(0, acknowledged.Unknown);
    }

    [Fact]
    public void ABrokenConnectionLeavesOneRequestUnknownAndTheRestGoesOn()
    {
        var plan = new LoadPlan(2, TimeSpan.FromSeconds(20)) { MaximumRequests = 50 };
        var (result, acknowledged) = Run(plan, number => number == 10 ? null : Created);
        Assert.Equal((49, 1), (result.Acknowledged, result.Broken));
        Assert.Equal((49, 1), (acknowledged.Count, acknowledged.Unknown));
    }

    [Fact]
    public void TheOpenLoopSendsAllThatIsDueAndNoMore()
    {
        var (result, _) = Run(new LoadPlan(8, TimeSpan.FromSeconds(0.5), Rate: 400), _ => Created);
        Assert.Equal((200, 0), (result.Acknowledged, result.Errors));
    }

    [Fact]
    public void AStallIsChargedToEveryRequestThatItKeptWaiting()
    {
        // 1,000 arrivals a second, one connection, one stall of 400 ms: those due in its first 300 ms wait over 100 ms.
        var stall = TimeSpan.FromMilliseconds(400);
        var plan = new LoadPlan(1, TimeSpan.FromSeconds(1), Rate: 1000);
        var (result, _) = Run(plan, number =>
        {
            if (number == 100)
            {
                Thread.Sleep(stall);
            }

            return Created;
        });
        Assert.Equal((1000, 0), (result.Acknowledged, result.Errors));
        Assert.True(result.Latency.P90 >= 100, $"p90 {result.Latency.P90} ms hides the stall");
    }

    private static (LoadResult Result, AcknowledgedSet Acknowledged) Run(LoadPlan plan, Func<int, string?> answer)
    {
        var length = new RequestStream("/api/contact", 10_000, seed: 1);
        using var server = new StubServer(length.HeadLength + length.BodyLength, answer);
        var acknowledged = new AcknowledgedSet();
        var requests = new RequestStream("/api/contact", server.Port, seed: 1);
        using var loop = new LoadLoop(server.Port, requests, acknowledged, plan);
        return (loop.Run(), acknowledged);
    }
}
