using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources;

/// <summary>Lists that are filtered, sorted and counted, by the address, by a body and by the method QUERY.</summary>
public sealed class QueryTests
{
    private static readonly EndpointDeclaration s_people = ResourceHost.Users with
    {
        Unique = [],
        Schema = Encoding.UTF8.GetBytes(
            """
            {"type":"object","required":["name"],"additionalProperties":false,"properties":{
              "name":{"type":"string","maxLength":100},
              "age":{"type":"integer"},
              "price":{"type":"number"},
              "tags":{"type":"array","items":{"type":"string"}},
              "secret":{"type":"string","writeOnly":true,"maxLength":50}}}
            """),
    };

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Lists_are_filtered_sorted_and_counted(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await StartAsync(store);
        Assert.Equal("Cleo,Bob", await NamesAsync(host, "GET", "?filter=age%20%3E%3D%2030"));
        Assert.Equal("Bob,Cleo", await NamesAsync(host, "GET", "?filter=age%3E%3D30&sort=name"));
        Assert.Equal("Cleo,Bob,Ada", await NamesAsync(host, "GET", "?sort=-age"));
        Assert.Equal("Ada", await NamesAsync(host, "GET", "?filter=%27red%27%20in%20tags%20%26%26%20price%20%3C%202.5"));

        using var counted = await host.SendAsync("GET", "/api/users?filter=age%3E20&count=exact&limit=1&fields=name,age&sort=name");
        Assert.Equal(200, (int)counted.StatusCode);
        var body = await counted.JsonAsync();
        Assert.Equal(3, body.GetProperty("count").GetInt64());
        Assert.Equal("""{"name":"Ada","age":21}""", body.GetProperty("items")[0].GetRawText());
        var next = body.GetProperty("next").GetString();
        Assert.Contains($"cursor={next}", counted.Header("Link"), StringComparison.Ordinal);
        Assert.Equal("Bob", await NamesAsync(host, "GET", $"?filter=age%3E20&limit=1&sort=name&cursor={next}"));
    }

    [Theory]
    [InlineData("POST", "/query")]
    [InlineData("QUERY", "")]
    public async Task A_query_may_stand_in_a_body(string method, string path)
    {
        using var store = new StoreKind("sqlite");
        await using var host = await StartAsync(store);
        using var answer = await host.SendAsync(
            method, "/api/users" + path, """{"filter":"age >= 30 && tags.exists(t, t == \"blue\")","sort":["-name"],"limit":10,"count":"exact"}""");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("Bob", (await answer.JsonAsync()).GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Null(answer.Header("Link"));

        using var form = new HttpRequestMessage(new HttpMethod(method), "/api/users" + path)
        {
            Content = new FormUrlEncodedContent([new("filter", "name == 'Ada'"), new("sort", ""), new("limit", "5")]),
        };
        using var ofForm = await host.Client.SendAsync(form, TestContext.Current.CancellationToken);
        Assert.Equal("Ada", (await ofForm.JsonAsync()).GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("?filter=nmae%20%3D%3D%20%27x%27", "`filter`: Column 1: There is no `nmae`. Did you mean `name`?")]
    [InlineData("?filter=secret%20%3D%3D%20%27x%27", "`filter`: Column 1: There is no `secret`.")]
    [InlineData("?filter=record%5B%22secret%22%5D%3D%3D%27x%27", "`filter`: Column 8: There is no field `secret`.")]
    [InlineData("?filter=age", "`filter`: Column 1: This is of type int.")]
    [InlineData("?sort=secret", "`sort`: a list cannot be sorted by `secret`.")]
    [InlineData("?sort=nmae", "`sort`: a list cannot be sorted by `nmae`. Did you mean `name`?")]
    [InlineData("?sort=name,-name", "`sort` takes at most 8 fields, each once.")]
    [InlineData("?sort=name%3BDROP%20TABLE%20users", "`sort`: a list cannot be sorted by `name;DROP TABLE users`.")]
    [InlineData("?count=all", "`count` is `none` or `exact`.")]
    [InlineData("?sort=name&cursor=AAAA", "`cursor` is none of this list.")]
    [InlineData("?sort=name&cursor=%27", "`cursor` is none of this list.")]
    public async Task What_cannot_be_is_refused_with_what_can(string query, string message)
    {
        using var store = new StoreKind("sqlite");
        await using var host = await StartAsync(store);
        using var answer = await host.SendAsync("GET", "/api/users" + query);
        Assert.Equal(400, (int)answer.StatusCode);
        var problem = await answer.JsonAsync();
        Assert.Equal("query-invalid", problem.GetProperty("code").GetString());
        Assert.StartsWith(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>No way round the names: a filter sees the document without what answers leave out.</summary>
    [Theory]
    [InlineData("dyn(record).secret == 'hidden'")]
    [InlineData("dyn(record)['secret'] == 'hidden'")]
    [InlineData("record.exists(k, dyn(record)[k] == 'hidden')")]
    [InlineData("'secret' in record")]
    [InlineData("size(record) == 5")]
    public async Task A_filter_does_not_see_what_answers_do_not_show(string filter)
    {
        using var store = new StoreKind("sqlite");
        await using var host = await StartAsync(store);
        using var answer = await host.SendAsync("POST", "/api/users/query", System.Text.Json.JsonSerializer.Serialize(new { filter }));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(0, (await answer.JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("application/json", "{", 400, "malformed-json")]
    [InlineData("application/json", "[1]", 400, "query-invalid")]
    [InlineData("application/json", """{"filter":{"a":1}}""", 400, "query-invalid")]
    [InlineData("application/json", """{"limit":"x"}""", 400, "query-invalid")]
    [InlineData("application/json", """{"limit":1,"limit":2}""", 400, "query-invalid")]
    [InlineData("application/json", """{"filter":"\ud800"}""", 400, "malformed-json")]
    [InlineData("application/json", "", 400, "malformed-json")]
    [InlineData("text/plain", "filter=true", 415, "media-type-unsupported")]
    public async Task A_body_that_is_no_query_is_refused(string type, string body, int status, string code)
    {
        using var store = new StoreKind("memory");
        await using var host = await StartAsync(store);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users/query")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new(type);
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (await answer.JsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_query_has_at_most_64_KiB()
    {
        using var store = new StoreKind("memory");
        await using var host = await StartAsync(store);
        using var answer = await host.SendAsync("POST", "/api/users/query", $$"""{"filter":"{{new string(' ', 70_000)}}"}""");
        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_query_passes_the_rule_of_lists()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(
            store, s_people with { Resource = new ResourceDeclaration { Access = new AccessDeclaration { Create = "public", List = "authenticated" } } });
        using var asked = await host.SendAsync("POST", "/api/users/query", """{"filter":"true"}""");
        Assert.Equal(401, (int)asked.StatusCode);
        using var query = await host.SendAsync("QUERY", "/api/users", """{"filter":"true"}""");
        Assert.Equal(401, (int)query.StatusCode);
        using var filtered = await host.SendAsync("GET", "/api/users?filter=true");
        Assert.Equal(401, (int)filtered.StatusCode);
    }

    private static async Task<PostHost> StartAsync(StoreKind store)
    {
        var host = await ResourceHost.StartAsync(store, s_people);
        string[] people =
        [
            """{"name":"Ada","age":21,"price":1.5,"tags":["red"],"secret":"hidden"}""",
            """{"name":"Bob","age":30,"price":2.5,"tags":["blue"],"secret":"hidden"}""",
            """{"name":"Cleo","age":45,"price":3.5,"tags":[],"secret":"hidden"}""",
        ];
        foreach (var person in people)
        {
            using var created = await host.SendAsync("POST", "/api/users", person);
            Assert.Equal(201, (int)created.StatusCode);
        }

        return host;
    }

    private static async Task<string> NamesAsync(PostHost host, string method, string query)
    {
        using var answer = await host.SendAsync(method, "/api/users" + query);
        Assert.Equal(200, (int)answer.StatusCode);
        return string.Join(',', (await answer.JsonAsync()).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("name").GetString()));
    }
}
