using System.Net;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 20 to 22, 28 and 29: unknown outcomes, what a refusal says of a retry, and floods.</summary>
public sealed class OutcomeRowTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_20_a_commit_of_unknown_outcome_is_never_called_a_failure(string store)
    {
        using var kind = new StoreKind(store);
        var faults = new FaultInjector(kind)
        {
            Commit = async (_, commit) =>
            {
                await commit();
                return UnitOutcome.Unknown;
            },
        };
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        using var unknown = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.Equal("outcome-unknown", await unknown.CodeAsync());
        Assert.NotNull(unknown.Header("Retry-After"));
        Assert.DoesNotContain("Nothing was stored", await unknown.Content.ReadAsStringAsync());
        using var retry = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("replayed", retry.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Row_20_a_full_disk_is_a_clean_refusal()
    {
        using var kind = new StoreKind("memory");
        var faults = new FaultInjector(kind) { Commit = (_, _) => new ValueTask<UnitOutcome>(UnitOutcome.Full) };
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: faults.Choose);
        using var full = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(507, (int)full.StatusCode);
        Assert.Equal("storage-full", await full.CodeAsync());
        Assert.NotNull(full.Header("Retry-After"));
    }

    /// <summary>The status of a kind, whether a retry helps, with which key, and whether after a correction.</summary>
    public static TheoryData<string> Kinds { get; } = [.. FaultCatalogue.All.Select(kind => kind.Code)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Row_21_and_22_every_kind_says_whether_and_with_which_key_to_try_again(string code)
    {
        var kind = FaultCatalogue.All.Single(kind => kind.Code == code);
        var body = ProblemAnswer.Render(new Fault(kind, "Do this.")).Body;
        using var json = System.Text.Json.JsonDocument.Parse(body);
        var retry = json.RootElement.GetProperty("retry");
        var (useful, key, correction) = Expected(kind);
        Assert.Equal(useful, retry.GetProperty("useful").GetBoolean());
        Assert.Equal(key, retry.TryGetProperty("key", out var named) ? named.GetString() : null);
        Assert.Equal(correction, retry.TryGetProperty("after", out _));
    }

    [Fact]
    public async Task Row_28_early_data_is_refused_on_every_POST()
    {
        await using var host = await PostHost.StartAsync();
        using var early = await host.PostJsonAsync(Keys.Ada, ("Early-Data", "1"), Keys.Header(Keys.One));
        Assert.Equal(425, (int)early.StatusCode);
        Assert.Equal("too-early", await early.CodeAsync());
        using var later = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("created", later.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task Row_29_fresh_keys_of_an_anonymous_client_are_counted_and_repeats_are_not()
    {
        var declaration = new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"),
            Endpoints = [PostHost.Contact with { Limits = new LimitsDeclaration { Keys = 3, Rate = null } }],
        };
        await using var host = await PostHost.StartAsync(declaration);
        for (var number = 1; number <= 3; number++)
        {
            using var taken = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One + number));
            using var repeat = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One + number));
            Assert.Equal("created", taken.Header("Idempotency-Status"));
            Assert.Equal("replayed", repeat.Header("Idempotency-Status"));
        }

        using var refused = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One + "4"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var json = await refused.JsonAsync();
        Assert.Equal("keys-exceeded", json.GetProperty("code").GetString());
        Assert.Equal("limits.keys", json.GetProperty("limit").GetProperty("name").GetString());
        Assert.Equal(3, json.GetProperty("limit").GetProperty("value").GetInt64());
        Assert.Equal("3600", refused.Header("Retry-After"));
        using var keyless = await host.PostJsonAsync(Keys.Ada);
        Assert.Equal(HttpStatusCode.Created, keyless.StatusCode);
        host.Time.Advance(TimeSpan.FromHours(1));
        using var later = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One + "4"));
        Assert.Equal("created", later.Header("Idempotency-Status"));
    }

    private static (bool Useful, string? Key, bool Correction) Expected(FaultKind kind) => kind switch
    {
        { Code: "idempotency-key-reused" } => (true, "new", false),
        { Status: 408 or 425 or 429 or 500 or 503 or 507 } => (true, "same", false),
        { Code: "idempotency-key-in-use" or "conflict" or "incomplete-body" or "not-open" } => (true, "same", false),
        { Code: "digest-mismatch" or "checksum-mismatch" or "upload-interrupted" } => (true, "same", false),
        { Code: "hold-ended" or "completed-upload" or "file-infected" } => (false, null, false),
        { Code: "precondition-failed" } => (true, "same", true),
        { Status: 403 or 404 or 405 or 410 or 412 } => (false, null, false),
        _ => (true, "same", true),
    };
}
