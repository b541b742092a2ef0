using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postroom.Tests.Hosts;

/// <summary>Solves challenges as a client would, by trying, and writes what a client sends.</summary>
internal static class ProofOfWork
{
    public const string Route = "/_postroom/challenge";

    /// <summary>A proof for one message, as base64.</summary>
    public static async Task<string> ForAsync(PostHost host, string path = "/api/contact") =>
        Encode(await SolutionAsync(host, path));

    /// <summary>A proof that a test can spoil before it encodes it.</summary>
    public static async Task<JsonObject> SolutionAsync(PostHost host, string path = "/api/contact")
    {
        using var answer = await host.SendAsync(HttpMethod.Get, Route + path);
        answer.EnsureSuccessStatusCode();
        return Solve(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    public static string Encode(JsonNode solution) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(solution.ToJsonString()));

    public static string Hash(string salt, long number) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(salt + number.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A form's fields with a proof.</summary>
    public static string Fields(string fields, string proof) => $"{fields}&altcha={Uri.EscapeDataString(proof)}";

    /// <summary>A JSON document with a proof.</summary>
    public static string Json(string name, string proof) =>
        $$"""{"name":"{{name}}","email":"ada@example.com","altcha":{{JsonSerializer.Serialize(proof)}}}""";

    private static JsonObject Solve(JsonObject challenge)
    {
        var salt = challenge["salt"]!.GetValue<string>();
        var wanted = challenge["challenge"]!.GetValue<string>();
        var number = Enumerable.Range(0, challenge["maxnumber"]!.GetValue<int>() + 1)
            .First(number => Hash(salt, number) == wanted);
        return new JsonObject
        {
            ["algorithm"] = "SHA-256",
            ["challenge"] = wanted,
            ["number"] = number,
            ["salt"] = salt,
            ["signature"] = challenge["signature"]!.GetValue<string>(),
            ["took"] = 12,
        };
    }
}
