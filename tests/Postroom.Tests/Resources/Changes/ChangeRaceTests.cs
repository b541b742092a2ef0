using System.Collections.Concurrent;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>Many write while one follows, breaks off, and is slow.</summary>
public sealed class ChangeRaceTests
{
    private const int Writers = 1000;

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Every_change_of_many_writers_is_told_once_in_the_order_of_the_commits(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        var written = new ConcurrentBag<string>();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(number => WriteAsync(host, number, written)));
        var events = await stream.TakeAsync(Writers * 2);
        await writing;

        Assert.Equal(Writers, events.Count(one => one.Name == "created"));
        Assert.Equal(written.Order(), events.Where(one => one.Name == "created").Select(one => one.Record).Order());
        var numbers = events.ConvertAll(one => long.Parse(one.Id));
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        foreach (var record in events.GroupBy(one => one.Record))
        {
            Assert.Equal([1, 2], record.Select(one => one.Json.GetProperty("version").GetInt32()));
        }

        await using var again = await EventStream.OpenAsync(host, "?after=0");
        Assert.Equal(
            events.Select(one => (one.Id, one.Record)), (await again.TakeAsync(Writers * 2)).Select(one => (one.Id, one.Record)));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_follower_who_breaks_off_again_and_again_has_no_gap_and_no_double(string kind)
    {
        using var store = new StoreKind(kind);

        // When the server notices that a connection is gone is not the question here.
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Limits = new() { StreamsPerClient = 1000 }, Endpoints = [ChangeHost.Users] },
            store: store.Choose);
        var written = new ConcurrentBag<string>();
        var writing = Task.WhenAll(Enumerable.Range(0, 200).Select(number => WriteAsync(host, number, written)));
        var seen = new List<StreamEvent>();
        var last = "0";
        while (seen.Count < 400)
        {
            await using var stream = await EventStream.ResumeAsync(host, last);
            seen.AddRange(await stream.TakeAsync(Math.Min(1 + (seen.Count % 7), 400 - seen.Count)));
            last = stream.LastId;
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, 400).Select(number => $"{number}"), seen.Select(one => one.Id));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_follower_goes_on_after_the_server_was_started_again(string kind)
    {
        Assert.SkipWhen(kind == "memory", "it forgets");
        using var store = new StoreKind(kind);
        string last;
        await using (var host = await ChangeHost.StartAsync(store))
        {
            await using var stream = await EventStream.OpenAsync(host);
            await host.CreateManyAsync(3);
            await stream.TakeAsync(2);
            last = stream.LastId;
        }

        await using var restarted = await ChangeHost.StartAsync(store);
        await restarted.CreateManyAsync(1, "later");
        await using var again = await EventStream.ResumeAsync(restarted, last);
        Assert.Equal(
            ["user3@example.com", "later1@example.com"], (await again.TakeAsync(2)).Select(one => one.Email));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Whoever_reads_slowly_gets_all_of_it_and_holds_nobody_up(string kind)
    {
        using var store = new StoreKind(kind);
        var users = ChangeHost.Users with { Limits = new() { Body = 2_000_000, Rate = null, Value = 1_500_000 } };
        users = users with { Schema = """{"type":"object","properties":{"email":{"type":"string"},"text":{"type":"string"}}}"""u8.ToArray() };
        await using var host = await ResourceHost.StartAsync(store, users);
        await using var slow = await EventStream.OpenAsync(host);
        var text = new string('a', 1_000_000);

        // More than sockets and pipes take between them, while nobody reads.
        for (var number = 0; number < 40; number++)
        {
            await host.ChangeAsync("POST", "/api/users", $$"""{"email":"{{number}}@example.com","text":"{{text}}"}""");
        }

        await using var other = await EventStream.OpenAsync(host);
        await host.ChangeAsync("POST", "/api/users", """{"email":"last@example.com"}""");
        Assert.Equal("last@example.com", (await other.NextAsync())!.Email);
        var events = await slow.TakeAsync(41);
        Assert.Equal(Enumerable.Range(1, 41).Select(number => $"{number}"), events.Select(one => one.Id));
    }

    private static async Task WriteAsync(PostHost host, int number, ConcurrentBag<string> written)
    {
        await Task.Yield();
        var address = await host.CreateAsync($"user{number}@example.com");
        written.Add(address[(address.LastIndexOf('/') + 1)..]);
        await host.ChangeAsync("PATCH", address, """{"name":"x"}""");
    }
}
