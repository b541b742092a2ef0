using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>What a load balancer and an operator ask.</summary>
public sealed class HealthTests
{
    private static readonly string[] WholeWay =
        ["receiving", "parsing", "authorization", "idempotency", "validation", "execution", "responding"];

    [Fact]
    public async Task A_server_that_takes_POSTs_is_well()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Get, "/_postroom/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("ok", (await response.JsonAsync()).GetProperty("status").GetString());
    }

    /// <summary>Whoever asks without end costs a few bytes each time, and no work behind.</summary>
    [Fact]
    public async Task GHSA_6q22_g298_grjh_health_asks_nothing_of_the_store()
    {
        using var kind = new StoreKind("memory");
        var faults = new FaultInjector(kind);
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        faults.Reading = _ => throw new InvalidOperationException("Health needs no reader.");
        faults.Commit = (_, _) => throw new InvalidOperationException("Health writes nothing.");
        using var response = await host.SendAsync(HttpMethod.Get, "/_postroom/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_poisoned_store_is_not_and_asks_the_host_to_stop()
    {
        using var kind = new StoreKind("memory");
        var faults = new FaultInjector(kind);
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        await faults.Poison.CancelAsync();
        using var response = await host.SendAsync(HttpMethod.Get, "/_postroom/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("failed", (await response.JsonAsync()).GetProperty("status").GetString());
        Assert.True(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var host = await PostHost.StartAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var response = await host.SendAsync(HttpMethod.Get, "/_postroom/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("stopping", (await response.JsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_trace_of_a_POST_names_its_stages_in_order()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada);
        var trace = await TraceAsync(host, refusedOnly: false);
        Assert.Equal(response.Header("Postroom-Entry"), trace.Id.ToString());
        Assert.Equal((201, null), (trace.Status, trace.Code));
        Assert.Equal(WholeWay, trace.Stages.Select(stage => stage.Stage));
    }

    [Theory]
    [InlineData("{", 400, "malformed-json", 2)]
    [InlineData("{}", 400, "validation-failed", 5)]
    public async Task The_trace_of_a_refusal_ends_where_it_was_refused(string body, int status, string code, int stages)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(body);
        var trace = await TraceAsync(host, refusedOnly: true);
        Assert.Equal((status, code), (trace.Status, trace.Code));
        Assert.Equal([.. WholeWay[..stages], "responding"], trace.Stages.Select(stage => stage.Stage));
    }

    [Fact]
    public async Task The_trace_measures_by_the_clock_of_the_server()
    {
        PostHost? started = null;
        await using var host = started = await PostHost.StartNotesAsync(form => form.InTransaction((_, _, _) =>
        {
            started!.Time.Advance(TimeSpan.FromMilliseconds(7));
            return ValueTask.CompletedTask;
        }));
        using var response = await host.PostNoteAsync("slow");
        var trace = await TraceAsync(host, refusedOnly: false);
        Assert.Equal(7000, trace.Stages.Single(stage => stage.Stage == "execution").Microseconds);
    }

    private static async Task<PostTrace> TraceAsync(PostHost host, bool refusedOnly)
    {
        var traces = host.Services.GetRequiredService<ITraceStore>();
        await Patience.UntilAsync(() => traces.Newest(1, refusedOnly).Count > 0, "the trace");
        return traces.Newest(1, refusedOnly)[0];
    }
}
