using System.Text.Json;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;
using Postroom.Tests.Validation;

namespace Postroom.Tests.Receiving;

/// <summary>Challenges for proofs of work: what they look like, who gets them, and how many.</summary>
public sealed class ChallengeTests
{
    private const string Route = ProofOfWork.Route + "/api/contact";

    private static readonly PostroomDeclaration s_production = new()
    {
        Url = new Uri("https://post.example.com"),
        Endpoints =
        [
            ProofOfWorkTests.Endpoint with
            {
                Limits = new LimitsDeclaration { Rate = 2 },
                Origins = ["https://www.example.com"],
            },
        ],
    };

    [Fact]
    public async Task A_challenge_is_that_of_ALTCHA_and_never_the_same()
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        using var answer = await host.SendAsync(HttpMethod.Get, Route);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var end = host.Time.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds();
        Assert.Equal(
            ["algorithm", "challenge", "maxnumber", "salt", "signature"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("SHA-256", json.RootElement.GetProperty("algorithm").GetString());
        Assert.Equal(1000, json.RootElement.GetProperty("maxnumber").GetInt32());
        Assert.Matches(
            $@"^[0-9a-f]{{24}}\?expires={end}&form=[0-9a-f]{{16}}&$", json.RootElement.GetProperty("salt").GetString());
        Assert.Matches("^[0-9a-f]{64}$", json.RootElement.GetProperty("challenge").GetString());
        Assert.Matches("^[0-9a-f]{64}$", json.RootElement.GetProperty("signature").GetString());
        Assert.NotEqual(await ProofOfWork.ForAsync(host), await ProofOfWork.ForAsync(host));
    }

    [Theory]
    [InlineData("GET", "/_postroom/challenge/API/Contact", 200)]
    [InlineData("HEAD", Route, 200)]
    [InlineData("POST", Route, 405)]
    [InlineData("GET", "/_postroom/challenge/api/none", 404)]
    [InlineData("GET", "/_postroom/challenge/api/plain", 404)]
    [InlineData("GET", "/_postroom/challenge", 404)]
    public async Task It_is_there_for_forms_that_ask_for_a_proof(string method, string path, int status)
    {
        await using var host = await PostHost.StartAsync(
            ProofOfWorkTests.Endpoint, PostHost.Contact with { Path = "/api/plain" });
        using var answer = await host.SendAsync(new HttpMethod(method), path);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("https://www.example.com", true)]
    [InlineData("https://post.example.com", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost:8000", false)]
    [InlineData("null", false)]
    public async Task Pages_that_may_post_may_read_it(string origin, bool may)
    {
        await using var host = await PostHost.StartAsync(s_production);
        using var answer = await host.SendAsync(HttpMethod.Get, Route, ("Origin", origin));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(may ? origin : null, answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task In_development_pages_of_this_machine_may_read_it()
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        using var answer = await host.SendAsync(HttpMethod.Get, Route, ("Origin", "http://localhost:8000"));
        Assert.Equal("http://localhost:8000", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Four_challenges_are_given_for_each_message_that_is_taken_and_counted_apart()
    {
        await using var host = await PostHost.StartAsync(s_production);
        for (var index = 0; index < 8; index++)
        {
            using var given = await host.SendAsync(HttpMethod.Get, Route);
            Assert.Equal(200, (int)given.StatusCode);
        }

        using var refused = await host.SendAsync(HttpMethod.Get, Route, ("Origin", "https://www.example.com"));
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal("https://www.example.com", refused.Header("Access-Control-Allow-Origin"));
        Assert.Contains("rate-exceeded", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var taken = await host.PostJsonAsync("""{"name":"Ada","email":"ada@example.com"}""");
        Assert.Equal(201, (int)taken.StatusCode);
    }

    [Fact]
    public async Task The_script_is_for_pages_of_any_origin_and_is_asked_for_anew()
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        using var answer = await host.SendAsync(HttpMethod.Get, "/_postroom/proof.js");
        Assert.Equal("text/javascript; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("cross-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.Contains("altcha", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var known = await host.SendAsync(
            HttpMethod.Get, "/_postroom/proof.js", ("If-None-Match", answer.Header("ETag")!));
        Assert.Equal(304, (int)known.StatusCode);
        using var head = await host.SendAsync(HttpMethod.Head, "/_postroom/proof.js");
        Assert.Equal(200, (int)head.StatusCode);
    }

    [Theory]
    [InlineData(999, 20, "spam.proofOfWork.maxNumber must be 1000 to 10000000.")]
    [InlineData(10_000_001, 20, "spam.proofOfWork.maxNumber must be 1000 to 10000000.")]
    [InlineData(1000, 0, "spam.proofOfWork.expires must be a minute to a day.")]
    [InlineData(1000, 1441, "spam.proofOfWork.expires must be a minute to a day.")]
    public async Task What_code_declares_is_checked_at_the_start(int number, int minutes, string fault)
    {
        var proof = new ProofOfWorkDeclaration { MaxNumber = number, Expires = TimeSpan.FromMinutes(minutes) };
        var stopped = await Assert.ThrowsAsync<DeclarationException>(() => PostHost.StartAsync(
            PostHost.Contact with { Spam = new SpamDeclaration { ProofOfWork = proof } }));
        Assert.Contains(fault, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_may_not_ask_for_the_field_of_the_proof()
    {
        var stopped = await Assert.ThrowsAsync<DeclarationException>(() => PostHost.StartAsync(
            ProofOfWorkTests.Endpoint with { Schema = """{"properties":{"altcha":{"type":"string"}}}"""u8.ToArray() }));
        Assert.Contains("`altcha` is a field of the schema", stopped.Message, StringComparison.Ordinal);
    }
}
