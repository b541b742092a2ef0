using System.Text;
using System.Text.Json.Nodes;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Validation;

/// <summary>Whatever comes as a proof is judged: held, or refused as a field, and never a failure of the server.</summary>
public sealed class ProofFuzzTests
{
    private const int Mutations = 400;

    public static TheoryData<string> Hostile { get; } = new(
        "x", "=", "====", "AAAA", "e30=", "bnVsbA==", "W10=", "MQ==", "\"", "%00", "\u0000", "ä", "\U0001F600",
        Encoded("""{"algorithm":"SHA-256"}"""),
        Encoded("""{"algorithm":1,"challenge":2,"number":"3","salt":4,"signature":5}"""),
        Encoded(Solution("1e999")),
        Encoded(Solution("-1")),
        Encoded(Solution("0.5")),
        Encoded(Solution("9223372036854775807")),
        Encoded(Solution("9223372036854775808")),
        Encoded(Solution(new string('9', 1000))),
        Encoded(Solution("1", salt: new string('s', 1200))),
        Encoded(Solution("1", salt: new string('s', 500_000))),
        Encoded(Solution("1", salt: "?expires=9999999999999999999999&form=&")),
        Encoded(Solution("1", algorithm: "SHA-999")),
        Encoded(Solution("1", algorithm: new string('A', 1000))),
        Encoded("""{"salt":"\ud800","algorithm":"SHA-256","challenge":"a","number":1,"signature":"a"}"""),
        Encoded("""{"salt":"a","salt":"b","algorithm":"SHA-256","challenge":"a","number":1,"signature":"a"}"""),
        Encoded(new string('[', 1000)),
        Encoded("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200))),
        new string('A', 900_000));

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_proofs_are_held(string proof)
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        using var json = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
        using var form = await host.PostFormAsync(ProofOfWork.Fields("name=Ada&email=ada%40example.com", proof));
        Assert.InRange((int)json.StatusCode, 201, 499);
        Assert.InRange((int)form.StatusCode, 201, 499);
        Assert.All(host.Entries(), entry => Assert.Equal(EntryState.Held, entry.State));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"algorithm\":\"SHA-256\"}")]
    public async Task A_proof_that_is_no_text_is_none(string json)
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        using var answer = await host.PostJsonAsync($$"""{"name":"Ada","email":"ada@example.com","altcha":{{json}}}""");
        Assert.InRange((int)answer.StatusCode, 201, 499);
        Assert.Empty(host.Entries(EntryState.Stored));
    }

    [Fact]
    public async Task A_bit_that_is_flipped_makes_it_none()
    {
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        var solution = await ProofOfWork.SolutionAsync(host);
        solution.Remove("took");
        var bytes = Encoding.UTF8.GetBytes(solution.ToJsonString());
        var random = new Random(1);
        for (var index = 0; index < Mutations; index++)
        {
            var spoilt = (byte[])bytes.Clone();
            spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", Convert.ToBase64String(spoilt)));
            Assert.Equal(201, (int)answer.StatusCode);
        }

        Assert.Empty(host.Entries(EntryState.Stored));
    }

    private static string Solution(string number, string salt = "a", string algorithm = "SHA-256")
    {
        var solution = new JsonObject
        {
            ["algorithm"] = algorithm,
            ["challenge"] = "a",
            ["number"] = "number",
            ["salt"] = salt,
            ["signature"] = "a",
        };
        return solution.ToJsonString().Replace("\"number\":\"number\"", "\"number\":" + number, StringComparison.Ordinal);
    }

    private static string Encoded(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
}
