using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Declarations;

namespace Postroom.Exchange;

/// <summary>What the fields that speak to the server say, by the names of the form services.</summary>
internal static class ControlFields
{
    private const string Key = "access_key";

    /// <summary>Tokens, keys and proofs: used up when the POST is judged, and nobody's to read later.</summary>
    private static readonly FrozenSet<string> s_spent = FrozenSet.ToFrozenSet(
        [
            "_token", "_key", "_charset_", "_gotcha", "botcheck", Key, "apikey", "altcha", "h-captcha-response",
            "g-recaptcha-response", "recaptcha_response", "cf-turnstile-response",
        ],
        StringComparer.Ordinal);

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For whose pages the POST is answered: as declared, or as a body tells that has an access key.</summary>
    public static FormService? Service(PostExchange exchange) =>
        exchange.Plan.Declaration.Compatible
        ?? (exchange.Control.ContainsKey(Key) ? FormService.Web3Forms : null);

    /// <summary>The field that says where a browser wants to go; null when there is none.</summary>
    public static KeyValuePair<string, string>? Redirect(PostExchange exchange)
    {
        if (exchange.Control.Count == 0)
        {
            return null;
        }

        ReadOnlySpan<string> names = Service(exchange) == FormService.Web3Forms
            ? ["redirect", "_next", "_redirect"]
            : ["_next", "_redirect"];
        foreach (var name in names)
        {
            if (exchange.Control.TryGetValue(name, out var target))
            {
                return new(name, target);
            }
        }

        return null;
    }

    /// <summary>What a form brings again after it was corrected.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Carried(PostExchange exchange) =>
        [.. exchange.Control.Where(field => field.Key == Key || IsKept(exchange, field.Key))];

    /// <summary>What is kept with the entry, as an object of texts; empty when there is nothing.</summary>
    public static ReadOnlyMemory<byte> Kept(PostExchange exchange)
    {
        if (exchange.Control.Count == 0 || !exchange.Control.Keys.Any(name => IsKept(exchange, name)))
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            foreach (var (name, text) in exchange.Control.Where(field => IsKept(exchange, field.Key)))
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static bool IsKept(PostExchange exchange, string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var plain = open > 0 ? name[..open] : name;
        return !s_spent.Contains(plain) && !exchange.Plan.Declaration.Spam.Honeypot.Contains(plain);
    }
}
