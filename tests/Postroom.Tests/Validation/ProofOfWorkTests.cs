using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Validation;

/// <summary>What a proof of work is worth: it lets one message through, and whatever is wrong with it holds one.</summary>
public sealed class ProofOfWorkTests
{
    private static readonly ProofOfWorkDeclaration s_easy = new() { MaxNumber = 1000 };

    public static EndpointDeclaration Endpoint { get; } =
        PostHost.Contact with { Spam = new SpamDeclaration { ProofOfWork = s_easy } };

    /// <summary>What spoils a proof, and what is said of it.</summary>
    public static TheoryData<string, string> Spoilt => new()
    {
        { "number", "the number of its proof of work does not solve it" },
        { "challenge", "the number of its proof of work does not solve it" },
        { "algorithm", "the number of its proof of work does not solve it" },
        { "salt", "the number of its proof of work does not solve it" },
        { "signature", "its proof of work is none of this server" },
        { "own", "its proof of work is none of this server" },
        { "form", "its proof of work was made for another form" },
        { "unread", "its proof of work cannot be read" },
    };

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_proof_lets_one_message_through_and_is_no_part_of_it(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var proof = await ProofOfWork.ForAsync(host);

        using var form = await host.PostFormAsync(
            ProofOfWork.Fields("name=Ada&email=ada%40example.com&_subject=x", proof));
        using var json = await host.PostJsonAsync(ProofOfWork.Json("Eve", await ProofOfWork.ForAsync(host)));

        Assert.Equal(201, (int)form.StatusCode);
        Assert.Equal(201, (int)json.StatusCode);
        Assert.All(host.Entries(), entry =>
        {
            Assert.Equal(EntryState.Stored, entry.State);
            Assert.Null(entry.Evidence);
            Assert.DoesNotContain("altcha", System.Text.Encoding.UTF8.GetString(entry.Document.Span));
            Assert.DoesNotContain("altcha", System.Text.Encoding.UTF8.GetString(entry.Control.Span));
        });
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"altcha\"\r\n\r\n{0}\r\n--x\r\n"
        + "Content-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--x\r\n"
        + "Content-Disposition: form-data; name=\"email\"\r\n\r\nada@example.com\r\n--x--\r\n")]
    [InlineData("application/xml", "<m><name>Ada</name><email>ada@example.com</email><altcha>{0}</altcha></m>")]
    public async Task It_comes_in_every_format_that_has_fields(string mediaType, string body)
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        var sent = body.Replace("{0}", await ProofOfWork.ForAsync(host), StringComparison.Ordinal);
        using var answer = await host.PostAsync("/api/contact", mediaType, sent);
        var entry = Assert.Single(host.Entries());
        Assert.Equal(EntryState.Stored, entry.State);
        Assert.DoesNotContain("altcha", System.Text.Encoding.UTF8.GetString(entry.Document.Span));
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_message_without_one_is_held(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var answer = await host.PostFormAsync("name=Ada&email=ada%40example.com&altcha=");
        Assert.Equal(201, (int)answer.StatusCode);
        AssertHeld(Assert.Single(host.Entries()), "no-proof", "no proof of work came with it (`altcha`)");
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_proof_that_is_spoilt_holds_the_message(string what, string evidence)
    {
        await using var host = await PostHost.StartAsync(Endpoint, Endpoint with { Path = "/api/other" });
        var solution = await ProofOfWork.SolutionAsync(host, what == "form" ? "/api/other" : "/api/contact");
        Spoil(solution, what);
        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", ProofOfWork.Encode(solution)));
        Assert.Equal(201, (int)answer.StatusCode);
        AssertHeld(Assert.Single(host.Entries()), "proof-wrong", evidence);
    }

    [Fact]
    public async Task A_challenge_of_another_server_is_none_of_this()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        await using var other = await PostHost.StartAsync(Endpoint);
        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", await ProofOfWork.ForAsync(other)));
        AssertHeld(Assert.Single(host.Entries()), "proof-wrong", "its proof of work is none of this server");
    }

    [Theory]
    [InlineData(20 * 60 - 1, null)]
    [InlineData(20 * 60, "its proof of work ended 0 s before")]
    [InlineData(21 * 60, "its proof of work ended 60 s before")]
    public async Task A_proof_ends_with_its_time(int seconds, string? evidence)
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        var proof = await ProofOfWork.ForAsync(host);
        host.Time.Advance(TimeSpan.FromSeconds(seconds));
        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
        var entry = Assert.Single(host.Entries());
        Assert.Equal(evidence is null ? null : "proof-expired: " + evidence, entry.Evidence);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_proof_is_used_once(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var proof = await ProofOfWork.ForAsync(host);
        using var first = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
        using var second = await host.PostJsonAsync(ProofOfWork.Json("Eve", proof));
        Assert.Equal(first.StatusCode, second.StatusCode);
        AssertHeld(host.Entries()[1], "proof-replayed", "its proof of work came with another message before");
        Assert.Equal(EntryState.Stored, host.Entries()[0].State);
    }

    [Fact]
    public async Task A_body_that_goes_on_after_the_end_counts_for_a_day_and_its_use_is_known_as_long()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        var challenges = host.Services.GetRequiredService<ProofChallenges>();
        var plan = host.Services.GetRequiredService<PlanTable>().Find("/api/contact")!;
        var proof = await ProofOfWork.ForAsync(host);
        var received = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var day = (long)TimeSpan.FromMinutes(24 * 60 + 20).TotalMilliseconds;
        var use = challenges.Judge(proof, plan, received, received + day - 1).Use!;
        Assert.Equal("proof-expired", challenges.Judge(proof, plan, received, received + day).Reason);

        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
        foreach (var now in (long[])[received + day - 1, received + day])
        {
            await host.Store.PurgeAsync(new PurgeOrder { Now = now }, TestContext.Current.CancellationToken);
            using var reader = host.Store.Read();
            Assert.Equal(now < received + day, reader.IsTokenUsed(use.Token));
        }
    }

    [Fact]
    public async Task The_same_proof_in_other_words_is_no_second_proof()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        var solution = await ProofOfWork.SolutionAsync(host);
        using var first = await host.PostJsonAsync(ProofOfWork.Json("Ada", ProofOfWork.Encode(solution)));
        solution["took"] = 99;
        using var second = await host.PostJsonAsync(ProofOfWork.Json("Eve", ProofOfWork.Encode(solution)));
        Assert.Equal("proof-replayed", host.Entries()[1].Reason);
    }

    [Fact]
    public async Task A_digit_of_the_number_is_none_of_the_salt()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        JsonObject solution;
        string digits;
        do
        {
            solution = await ProofOfWork.SolutionAsync(host);
            digits = solution["number"]!.ToJsonString();
        }
        while (digits.Length < 2 || digits[1] == '0');

        solution["salt"] = solution["salt"]!.GetValue<string>() + digits[0];
        solution["number"] = JsonNode.Parse(digits[1..]);
        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", ProofOfWork.Encode(solution)));
        AssertHeld(Assert.Single(host.Entries()), "proof-wrong", "the salt of its proof of work was changed");
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_retry_with_its_key_is_a_repeat_and_no_second_use(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var key = ("Idempotency-Key", "a-key-that-nobody-guesses-0001");
        var body = ProofOfWork.Json("Ada", await ProofOfWork.ForAsync(host));
        using var first = await host.PostJsonAsync(body, key);
        using var second = await host.PostJsonAsync(body, key);
        using var anew = await host.PostJsonAsync(ProofOfWork.Json("Ada", await ProofOfWork.ForAsync(host)), key);
        foreach (var repeat in (HttpResponseMessage[])[second, anew])
        {
            Assert.Equal("replayed", repeat.Header("Idempotency-Status"));
            Assert.Equal(first.Header("Postroom-Entry"), repeat.Header("Postroom-Entry"));
        }

        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task A_refusal_does_not_use_it_up()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        var proof = await ProofOfWork.ForAsync(host);
        using var refused = await host.PostFormAsync(ProofOfWork.Fields("name=Ada&email=ada", proof));
        using var corrected = await host.PostFormAsync(ProofOfWork.Fields("name=Ada&email=ada%40example.com", proof));
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Of_fifty_messages_at_once_one_proof_lets_one_through(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var proof = await ProofOfWork.ForAsync(host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(index => host.PostJsonAsync(
            ProofOfWork.Json($"Ada {index}", proof), ("Idempotency-Key", $"a-key-that-nobody-guesses-{index:0000}"))));
        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Single(host.Entries(EntryState.Stored));
        Assert.Equal(49, host.Entries(EntryState.Held).Count(entry => entry.Reason == "proof-replayed"));
    }

    [Fact]
    public async Task What_is_held_for_its_proof_is_answered_like_what_is_stored()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        using var stored = await host.PostJsonAsync(ProofOfWork.Json("Ada", await ProofOfWork.ForAsync(host)));
        using var held = await host.PostJsonAsync(ProofOfWork.Json("Ada", "none"));
        Assert.Equal([EntryState.Stored, EntryState.Held], host.Entries().Select(entry => entry.State));
        Assert.Equal(await ShapeAsync(stored), await ShapeAsync(held));
    }

    [Fact]
    public async Task It_is_one_reason_among_others()
    {
        await using var host = await PostHost.StartAsync(Endpoint);
        using var answer = await host.PostFormAsync("name=Ada&email=ada%40example.com&_gotcha=x");
        Assert.Equal(
            "honeypot: the hidden field _gotcha was filled in\nno-proof: no proof of work came with it (`altcha`)",
            Assert.Single(host.Entries()).Evidence);
    }

    private static void Spoil(JsonObject solution, string what)
    {
        var salt = solution["salt"]!.GetValue<string>();
        switch (what)
        {
            case "number":
                solution["number"] = solution["number"]!.GetValue<int>() + 1;
                break;
            case "algorithm":
                solution["algorithm"] = "SHA-1";
                break;
            case "salt":
                solution["salt"] = salt.Replace("expires=", "expires=9", StringComparison.Ordinal);
                break;
            case "own":
                solution["salt"] = salt.Replace("expires=", "expires=9", StringComparison.Ordinal);
                solution["challenge"] = ProofOfWork.Hash(solution["salt"]!.GetValue<string>(), 7);
                solution["number"] = 7;
                break;
            case "unread":
                solution.Remove("signature");
                break;
            case "form":
                break;
            default:
                var text = solution[what]!.GetValue<string>();
                solution[what] = (text[0] == 'a' ? "b" : "a") + text[1..];
                break;
        }
    }

    private static void AssertHeld(Entry entry, string reason, string evidence)
    {
        Assert.Equal(EntryState.Held, entry.State);
        Assert.Equal(reason, entry.Reason);
        Assert.Equal($"{reason}: {evidence}", entry.Evidence);
    }

    private static async Task<string> ShapeAsync(HttpResponseMessage answer) =>
        (int)answer.StatusCode + string.Join(' ', answer.Headers.Select(header => header.Key).Order())
        + (await answer.Content.ReadAsStringAsync()).Replace(
            answer.Header("Postroom-Entry")!, "id", StringComparison.Ordinal);

    private static Task<PostHost> StartAsync(StoreKind kind) =>
        PostHost.StartAsync(new PostroomDeclaration { Endpoints = [Endpoint] }, store: kind.Choose);
}
