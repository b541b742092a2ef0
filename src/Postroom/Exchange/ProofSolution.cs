using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Postroom.Exchange;

/// <summary>
/// What a browser sends as its proof: base64 of a JSON object (ALTCHA v1). Nothing in it is believed yet.
/// </summary>
internal sealed record ProofSolution(string Algorithm, string Challenge, long Number, string Salt, string Signature)
{
    // Ours take 400 characters; whatever else a solver adds has room, and nothing here costs time.
    private const int TextMax = 2048;

    /// <summary>Null when it cannot be read.</summary>
    public static ProofSolution? Read(string text)
    {
        if (text.Length > TextMax)
        {
            return null;
        }

        var json = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (!Ascii.IsValid(text) || Base64.DecodeFromUtf8(Encoding.ASCII.GetBytes(text), json, out _, out var length)
            != OperationStatus.Done)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json.AsMemory(0, length), new() { MaxDepth = 4 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text that is no UTF-16: half of a surrogate pair.
            return null;
        }
    }

    private static ProofSolution? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object
            && Text(root, "algorithm"u8) is { } algorithm
            && Text(root, "challenge"u8) is { } challenge
            && Text(root, "salt"u8) is { } salt
            && Text(root, "signature"u8) is { } signature
            && root.TryGetProperty("number"u8, out var written)
            && written.ValueKind == JsonValueKind.Number
            && written.TryGetInt64(out var number) && number >= 0)
        {
            return new(algorithm, challenge, number, salt, signature);
        }

        return null;
    }

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
