using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>What a follower gets, and where he may begin.</summary>
public sealed class ChangeStreamTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Changes_come_in_their_order_as_they_happen(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await host.CreateAsync("before@example.com");
        await using var stream = await EventStream.OpenAsync(host);

        var address = await host.CreateAsync("ada@example.com");
        var created = (await stream.NextAsync())!;
        Assert.Equal(("created", "ada@example.com"), (created.Name, created.Email));
        using var read = await host.SendAsync("GET", address);
        Assert.Equal(
            (await read.JsonAsync()).GetRawText(), created.Json.GetProperty("record").GetRawText());

        await host.ChangeAsync("PATCH", address, """{"name":"Ada"}""");
        var updated = (await stream.NextAsync())!;
        Assert.Equal(("updated", 2), (updated.Name, updated.Json.GetProperty("version").GetInt32()));

        await host.ChangeAsync("DELETE", address);
        var deleted = (await stream.NextAsync())!;
        Assert.Equal("deleted", deleted.Name);
        Assert.Equal($$"""{"id":"{{created.Record}}","version":2}""", deleted.Data);
        Assert.True(long.Parse(created.Id) < long.Parse(updated.Id) && long.Parse(updated.Id) < long.Parse(deleted.Id));
    }

    [Fact]
    public async Task Its_head_keeps_everybody_from_holding_it_back()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        Assert.Equal("text/event-stream", stream.Response.Header("Content-Type"));
        Assert.Equal("no-store", stream.Response.Header("Cache-Control"));
        Assert.Equal("no", stream.Response.Header("X-Accel-Buffering"));
        Assert.Equal("nosniff", stream.Response.Header("X-Content-Type-Options"));
        await stream.BlockAsync();
        Assert.InRange(stream.Retry, 1000, 3000);

        using var head = await host.SendAsync("HEAD", "/api/users/changes");
        Assert.Equal(200, (int)head.StatusCode);
        Assert.Equal("text/event-stream", head.Header("Content-Type"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_methods_do_not_fit(string method)
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/users/changes");
        using var response = await client.SendAsync(request);
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", response.Header("Allow"));
    }

    [Fact]
    public async Task A_resource_that_keeps_no_changes_has_no_such_address()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);
        using var response = await host.SendAsync("GET", "/api/users/changes");
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Whoever_connects_again_goes_on_wherever_he_was(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await host.CreateManyAsync(7);
        await using var all = await EventStream.OpenAsync(host, "?after=0");
        var events = await all.TakeAsync(7);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"user{number}@example.com"), events.Select(one => one.Email));
        for (var seen = 0; seen < 7; seen++)
        {
            await using var again = seen % 2 == 0
                ? await EventStream.ResumeAsync(host, events[seen].Id)
                : await EventStream.OpenAsync(host, $"?after={events[seen].Id}");
            Assert.Equal(events.Skip(seen + 1), await again.TakeAsync(6 - seen));
        }
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_connection_that_broke_before_the_first_event_misses_nothing(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        string last;
        await using (var first = await EventStream.OpenAsync(host))
        {
            await first.BlockAsync();
            await first.BlockAsync();
            last = first.LastId;
        }

        await host.CreateManyAsync(1);
        await using var again = await EventStream.ResumeAsync(host, last);
        Assert.Equal("user1@example.com", (await again.NextAsync())!.Email);
    }

    [Fact]
    public async Task The_header_counts_before_the_address()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await host.CreateManyAsync(3);
        await using var stream = await EventStream.OpenAsync(host, "?after=0", ("Last-Event-ID", "2"));
        Assert.Equal("user3@example.com", (await stream.NextAsync())!.Email);
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=x")]
    [InlineData("?after=")]
    [InlineData("?after=99999999999999999999")]
    [InlineData("?after=1&after=2")]
    [InlineData("?since=1")]
    [InlineData("", "x")]
    [InlineData("", "")]
    [InlineData("", "1, 2")]
    public async Task A_place_that_cannot_be_is_refused(string query, string? header = null)
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        (string, string)[] headers = header is null ? [] : [("Last-Event-ID", header)];
        using var response = await host.SendAsync("GET", "/api/users/changes" + query, null, headers);
        Assert.Equal((400, "query-invalid"), ((int)response.StatusCode, await response.CodeAsync()));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Whoever_was_away_for_longer_than_changes_are_kept_is_told(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await host.CreateManyAsync(3);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.CreateManyAsync(2, "late");
        await host.Store.PurgeAsync(
            new() { Now = 0, ChangesBefore = host.Time.GetUtcNow().ToUnixTimeMilliseconds() }, default);

        await using var stream = await EventStream.ResumeAsync(host, "1");
        var reset = await stream.NextAsync();
        Assert.True(reset is not null, string.Join("\n", host.Log.Lines.TakeLast(8)));
        Assert.Equal(("reset", "5", "{}"), (reset.Name, reset.Id, reset.Data));
        await host.CreateManyAsync(1, "after");
        Assert.Equal("after1@example.com", (await stream.NextAsync())!.Email);

        await using var kept = await EventStream.OpenAsync(host, "?after=0");
        Assert.Equal("late1@example.com", (await kept.NextAsync())!.Email);
        await using var known = await EventStream.ResumeAsync(host, "3");
        Assert.Equal("late1@example.com", (await known.NextAsync())!.Email);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_place_that_is_not_reached_yet_is_of_another_time(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await host.CreateManyAsync(2);
        await using var stream = await EventStream.ResumeAsync(host, "40");
        var reset = (await stream.NextAsync())!;
        Assert.Equal(("reset", "2"), (reset.Name, reset.Id));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_change_of_a_record_that_is_gone_since_is_told_without_it(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ChangeHost.StartAsync(store);
        await host.ChangeAsync("DELETE", await host.CreateManyAsync(1));
        await using var stream = await EventStream.OpenAsync(host, "?after=0");
        var events = await stream.TakeAsync(2);
        Assert.Equal(["created", "deleted"], events.Select(one => one.Name));
        Assert.Equal("null", events[0].Json.GetProperty("record").GetRawText());
    }

    [Fact]
    public async Task A_document_of_many_lines_is_one_event()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        using var response = await host.SendAsync(
            "POST", "/api/users", "{\r\n  \"email\": \"ada@example.com\",\n  \"name\": \"a\\nb\"\r}");
        Assert.Equal(201, (int)response.StatusCode);
        var created = (await stream.NextAsync())!;
        Assert.Equal("a\nb", created.Json.GetProperty("record").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await stream.BlockAsync();
        await stream.BlockAsync();
        for (var round = 1; round <= 3; round++)
        {
            await host.Time.TimerMadeAsync(left => left > TimeSpan.FromSeconds(13) && left <= TimeSpan.FromSeconds(15));
            host.Time.Advance(TimeSpan.FromSeconds(15));
            await stream.BlockAsync();
            Assert.Equal(round, stream.Comments);
        }
    }

    [Fact]
    public async Task What_others_committed_is_seen_within_two_seconds()
    {
        using var store = new StoreKind("memory");
        await using var host = await ChangeHost.StartAsync(store);
        await using var stream = await EventStream.OpenAsync(host);
        await stream.BlockAsync();
        var table = ((Postroom.Plans.PlanTable)host.Services.GetService(typeof(Postroom.Plans.PlanTable))!)
            .Find("/api/users")!.Resource!.Table;
        var id = host.Store.Ids.Next();
        await host.Store.CommitAsync(new()
        {
            Guards = [],
            Writes =
            [
                new Postroom.Storage.Records.InsertRecord(table, new()
                {
                    Id = id, Version = 1, CreatedAt = 0, UpdatedAt = 0,
                    Document = """{"email":"node@example.com"}"""u8.ToArray(),
                    Values = table.Read("""{"email":"node@example.com"}"""u8),
                }),
            ],
        });
        await host.Time.TimerMadeAsync(left => left <= TimeSpan.FromSeconds(2));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("node@example.com", (await stream.NextAsync())!.Email);
    }
}
