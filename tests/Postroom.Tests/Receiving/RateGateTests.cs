using System.Net;
using Microsoft.AspNetCore.Http;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Receiving;

/// <summary>A flood of addresses takes neither memory nor time without bound.</summary>
public sealed class RateGateTests
{
    private const int BucketsMax = 10;
    private readonly ManualTime _time = new();
    private readonly RateGate _gate;
    private readonly EndpointPlan _plan;

    public RateGateTests()
    {
        _gate = new RateGate(_time, BucketsMax);
        var endpoint = PostHost.Contact with { Limits = new LimitsDeclaration { Rate = 2 } };
        var server = new PostroomDeclaration { Url = new Uri("https://post.example.com"), Endpoints = [endpoint] };
        _plan = PlanCompiler.Compile(server, endpoint, null, null, [])!;
    }

    [Fact]
    public void Clients_for_whom_there_is_no_room_share_one_bucket()
    {
        Assert.Equal(BucketsMax, Enumerable.Range(0, BucketsMax).Count(Passes));
        Assert.True(Passes(100));
        Assert.True(Passes(101));
        Assert.False(Passes(102));
        Assert.True(Passes(0));
    }

    [Fact]
    public void Buckets_that_are_full_again_make_room()
    {
        Assert.Equal(BucketsMax, Enumerable.Range(0, BucketsMax).Count(Passes));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BucketsMax, Enumerable.Range(200, BucketsMax).Count(Passes));
    }

    private bool Passes(int client)
    {
        var exchange = new PostExchange();
        exchange.Begin(new DefaultHttpContext(), _plan, default, _time);
        exchange.Caller = new Caller
        {
            Principal = Caller.Nobody,
            Name = Caller.Anonymous,
            Address = CallerAddress.Of(new IPAddress([203, 0, 113, (byte)client])),
        };
        return _gate.Judge(exchange) is null;
    }
}
