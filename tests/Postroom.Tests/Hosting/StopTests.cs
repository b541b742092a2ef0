using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>A stop lets end what has begun, and closes the store last.</summary>
public sealed class StopTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_POST_in_flight_gets_its_answer(string store)
    {
        using var kind = new StoreKind(store);
        var faults = new FaultInjector(kind);
        var gate = new Gate();
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((_, _, _) => gate.PassAsync()), faults.Choose);
        var closedAtCommit = true;
        faults.Commit = (_, commit) =>
        {
            closedAtCommit = faults.IsClosed;
            return commit();
        };
        var post = host.PostNoteAsync("last", Keys.Header(Keys.One));
        await gate.Came;
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        var stop = host.StopAsync();
        await stopping.Task;
        gate.Open();
        using var answer = await post;
        await stop;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(closedAtCommit);
        Assert.True(faults.IsClosed);
    }

    [Fact]
    public async Task What_was_answered_while_stopping_is_there_after_the_next_start()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        var gate = new Gate();
        string? id;
        await using (var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((_, _, _) => gate.PassAsync()), kind.Choose, time: time))
        {
            var post = host.PostNoteAsync("last");
            await gate.Came;
            var stop = host.StopAsync();
            gate.Open();
            using var answer = await post;
            id = answer.Header("Postroom-Entry");
            await stop;
        }

        await using var again = await PostHost.StartNotesAsync(_ => { }, kind.Choose, time: time);
        Assert.Equal(id, Assert.Single(again.Entries()).Id.ToString());
    }
}
