using System.Text;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources.Bookings;

namespace Postroom.Tests.Resources.Batches;

/// <summary>Many records in one POST: all of them, or none.</summary>
public sealed class BatchTests
{
    private const string Batch = "/api/users/batch";
    private const string Key = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    public static TheoryData<string, string> Formats => new()
    {
        { "application/json", """[{"email":"ada@example.com","age":36},{"email":"ben@example.com","age":41}]""" },
        { "application/x-ndjson", "{\"email\":\"ada@example.com\",\"age\":36}\n{\"email\":\"ben@example.com\",\"age\":41}\n" },
        { "text/csv", "email,age\nada@example.com,36\nben@example.com,41\n" },
        {
            "application/xml",
            "<users><user><email>ada@example.com</email><age>36</age></user><user><email>ben@example.com</email><age>41</age></user></users>"
        },
    };

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_format_makes_the_same_records(string mediaType, string body)
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store);

        using var created = await host.PostAsync(Batch, mediaType, body);

        Assert.Equal(201, (int)created.StatusCode);
        var answer = await created.JsonAsync();
        Assert.Equal((2, 0), (answer.GetProperty("created").GetInt32(), answer.GetProperty("refused").GetInt32()));
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, items.Count);
        using var first = await host.SendAsync("GET", items[0].GetProperty("location").GetString()!);
        var record = await first.JsonAsync();
        Assert.Equal("ada@example.com", record.GetProperty("email").GetString());
        Assert.Equal(36, record.GetProperty("age").GetInt32());
        Assert.Equal("reader", record.GetProperty("role").GetString());
        Assert.Equal(items[0].GetProperty("id").GetString(), record.GetProperty("id").GetString());
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task One_item_that_is_wrong_keeps_all_back_and_each_fault_has_its_place(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);

        using var refused = await host.PostAsync(Batch, "application/json", """
            [{"email":"ada@example.com"},{"email":"ben"},{"email":"eve@example.com","age":"old"},{"score":1}]
            """);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(["/1/email", "/2/age", "/3/score"], await PointersAsync(refused));
        Assert.Equal(0, await CountAsync(host));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_value_that_is_taken_keeps_all_back_and_names_who_has_it(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);
        var ben = await host.CreateAsync("ben@example.com");

        using var refused = await host.PostAsync(Batch, "application/json", Users("ada", "BEN", "eve"));

        Assert.Equal(409, (int)refused.StatusCode);
        var problem = await refused.JsonAsync();
        Assert.Equal(ben, problem.GetProperty("existing").GetProperty("address").GetString());
        Assert.Equal(["/1/email"], await PointersAsync(refused));
        Assert.Equal(1, await CountAsync(host));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Two_items_with_one_value_are_refused_too(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);

        using var refused = await host.PostAsync(Batch, "application/json", Users("ada", "ben", "ada"));

        Assert.Equal(409, (int)refused.StatusCode);
        Assert.Equal(["/2/email"], await PointersAsync(refused));
        Assert.Equal(0, await CountAsync(host));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_repeat_under_its_key_gets_the_answer_and_makes_nothing(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);

        using var first = await host.PostAsync(Batch, "application/json", Users("ada", "ben"), ("Idempotency-Key", Key));
        using var again = await host.PostAsync(Batch, "application/json", Users("ada", "ben"), ("Idempotency-Key", Key));
        using var other = await host.PostAsync(Batch, "application/json", Users("ada", "eve"), ("Idempotency-Key", Key));

        Assert.Equal("replayed", again.Header("Idempotency-Status"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(422, (int)other.StatusCode);
        Assert.Equal(2, await CountAsync(host));
    }

    [Theory]
    [InlineData("{}", "/")]
    [InlineData("[]", "/")]
    [InlineData("[1]", "/0")]
    [InlineData("[null]", "/0")]
    [InlineData("[[]]", "/0")]
    [InlineData("[{}]", "/0/email")]
    public async Task What_is_no_list_of_records_is_refused(string body, string pointer)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);

        using var refused = await host.PostAsync(Batch, "application/json", body);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal([pointer.TrimEnd('/')], await PointersAsync(refused));
    }

    [Theory]
    [InlineData("[{\"email\":\"a@b.example\"}", "malformed-json")]
    [InlineData("[{\"email\":\"a@b.example\"}]]", "malformed-json")]
    [InlineData("", "empty-body")]
    public async Task What_is_no_JSON_is_refused(string body, string code)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);

        using var refused = await host.PostAsync(Batch, "application/json", body);

        Assert.Equal(code, await refused.CodeAsync());
    }

    [Fact]
    public async Task As_many_as_the_limit_says_are_taken_and_one_more_is_not()
    {
        using var store = new StoreKind("sqlite");
        var limited = ResourceHost.Users with { Limits = new LimitsDeclaration { Items = 3 } };
        await using var host = await ResourceHost.StartAsync(store, limited);

        using var taken = await host.PostAsync(Batch, "application/json", Users("a", "b", "c"));
        using var refused = await host.PostAsync(Batch, "application/json", Users("d", "e", "f", "g"));

        Assert.Equal(201, (int)taken.StatusCode);
        Assert.Equal("limit-exceeded", await refused.CodeAsync());
        var limit = (await refused.JsonAsync()).GetProperty("limit");
        Assert.Equal(("limits.items", 3), (limit.GetProperty("name").GetString(), limit.GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task Ten_thousand_are_one_commit()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store);
        var names = Enumerable.Range(0, 10_000).Select(number => $"user{number}").ToArray();

        using var created = await host.PostAsync(Batch, "application/json", Users(names));
        Assert.Equal(201, (int)created.StatusCode);
        names[9_999] = "user0";
        using var refused = await host.PostAsync(Batch, "application/json", Users(names));

        Assert.Equal(409, (int)refused.StatusCode);
        Assert.Equal(10_000, await CountAsync(host));
    }

    [Fact]
    public async Task Sixteen_megabytes_are_taken_and_no_more()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);
        var user = """{"email":"a@example.com"}""";

        using var refused = await host.PostAsync(Batch, "application/json", $"[{user}{new string(' ', 16_000_000)}]");
        using var taken = await host.PostAsync(Batch, "application/json", $"[{user}{new string(' ', 15_000_000)}]");

        Assert.Equal("body-too-large", await refused.CodeAsync());
        Assert.Equal(201, (int)taken.StatusCode);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Places_that_items_take_together_are_added_up(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        const string seat = """{"room":"a","slot":1}""";

        using var three = await host.PostAsync("/api/seats/batch", "application/json", $"[{seat},{seat},{seat}]");
        var problem = await three.JsonAsync();
        using var two = await host.PostAsync("/api/seats/batch", "application/json", $"[{seat},{seat}]");
        using var one = await host.PostAsync("/api/seats/batch", "application/json", $"[{seat}]");

        Assert.Equal("sold-out", await three.CodeAsync());
        Assert.Equal("/2", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(0, problem.GetProperty("left").GetInt64());
        Assert.Equal(201, (int)two.StatusCode);
        Assert.Equal("sold-out", await one.CodeAsync());
    }

    [Fact]
    public async Task Ranges_of_items_that_overlap_are_refused()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Nights);

        using var refused = await host.PostAsync("/api/nights/batch", "application/json", """
            [{"room":"a","arrival":"2030-06-01","departure":"2030-06-03"},
             {"room":"b","arrival":"2030-06-01","departure":"2030-06-03"},
             {"room":"a","arrival":"2030-06-02","departure":"2030-06-04"}]
            """);

        Assert.Equal("overlap", await refused.CodeAsync());
        Assert.Equal(["/2/arrival", "/2/departure"], await PointersAsync(refused));
    }

    [Fact]
    public async Task Each_item_counts_against_the_rate()
    {
        using var store = new StoreKind("memory");
        var limited = ResourceHost.Users with { Limits = new LimitsDeclaration { Rate = 5 } };
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Url = new Uri("http://localhost"), Endpoints = [limited] }, store: store.Choose);

        using var four = await host.PostAsync(Batch, "application/json", Users("a", "b", "c", "d"));
        using var two = await host.PostAsync(Batch, "application/json", Users("e", "f"));
        using var many = await host.PostAsync(Batch, "application/json", Users("g", "h", "i", "j", "k", "l"));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await host.PostAsync(Batch, "application/json", Users("e", "f"));

        Assert.Equal(201, (int)four.StatusCode);
        Assert.Equal("rate-exceeded", await two.CodeAsync());
        Assert.NotEqual(201, (int)many.StatusCode);
        Assert.Equal(201, (int)later.StatusCode);
    }

    [Theory]
    [InlineData("GET", 405)]
    [InlineData("PUT", 405)]
    [InlineData("OPTIONS", 204)]
    public async Task The_address_takes_POST(string method, int status)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);

        using var response = await host.SendAsync(method, Batch);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("OPTIONS, POST", response.Header("Allow"));
    }

    [Fact]
    public async Task Whoever_may_not_create_may_not_create_many()
    {
        using var store = new StoreKind("memory");
        var closed = ResourceHost.Users with
        {
            Resource = ResourceHost.Users.Resource with { Access = new AccessDeclaration { Read = "public" } },
        };
        await using var host = await ResourceHost.StartAsync(store, closed);

        using var refused = await host.PostAsync(Batch, "application/json", Users("ada"));

        Assert.InRange((int)refused.StatusCode, 403, 405);
    }

    internal static string Users(params string[] names) =>
        JsonSerializer.Serialize(names.Select(name => new Dictionary<string, string> { ["email"] = name + "@example.com" }));

    internal static async Task<long> CountAsync(PostHost host)
    {
        var count = 0L;
        for (string? next = "/api/users?limit=1000"; next is not null;)
        {
            using var page = await host.SendAsync("GET", next);
            count += (await page.JsonAsync()).GetProperty("items").GetArrayLength();
            next = page.Header("Link") is { } link && link.Contains("rel=\"next\"", StringComparison.Ordinal)
                ? link[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)]
                : null;
        }

        return count;
    }

    private static async Task<List<string?>> PointersAsync(HttpResponseMessage refused) =>
        [.. (await refused.JsonAsync()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString())];
}
