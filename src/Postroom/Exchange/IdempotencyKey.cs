using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>Reads a key, from the header or from the field <c>_key</c>.</summary>
internal static class IdempotencyKey
{
    /// <summary>Characters of a key at most.</summary>
    public const int LengthMax = 255;

    /// <summary>Anonymous callers share one scope, so what they choose must be hard to guess.</summary>
    public const int AnonymousLengthMin = 16;

    public static Fault? Read(string text, bool anonymous, out string? key)
    {
        key = null;
        var value = text.Trim(' ', '\t');
        if (value.StartsWith('"'))
        {
            if (!TryUnquote(value, out value))
            {
                return Invalid("The quotes of `Idempotency-Key` do not match.");
            }
        }

        if (value.Length == 0)
        {
            return Invalid("`Idempotency-Key` is empty. Send a random value, such as a UUID.");
        }

        if (value.Length > LengthMax)
        {
            return Invalid($"`Idempotency-Key` has {value.Length} characters; at most {LengthMax} are taken.");
        }

        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return Invalid("`Idempotency-Key` may hold visible ASCII characters only.");
        }

        if (anonymous && value.Length < AnonymousLengthMin)
        {
            var unit = value.Length == 1 ? "character" : "characters";
            return Invalid($"`Idempotency-Key` has {value.Length} {unit}; a caller who is not signed in must send "
                + $"at least {AnonymousLengthMin}, so that nobody guesses it. A UUID does.");
        }

        key = value;
        return null;
    }

    /// <summary>RFC 9651 §3.3.3: within a string only <c>"</c> and <c>\</c> are escaped, by a backslash.</summary>
    private static bool TryUnquote(string text, out string value)
    {
        value = "";
        if (text.Length < 2 || text[^1] != '"')
        {
            return false;
        }

        var inner = text.AsSpan(1, text.Length - 2);
        if (!inner.ContainsAny('\\', '"'))
        {
            value = inner.ToString();
            return true;
        }

        var plain = new System.Text.StringBuilder(inner.Length);
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] == '"'
                || inner[index] == '\\' && (++index == inner.Length || inner[index] is not ('"' or '\\')))
            {
                return false;
            }

            plain.Append(inner[index]);
        }

        value = plain.ToString();
        return true;
    }

    private static Fault Invalid(string message) => new(FaultCatalogue.KeyInvalid, message);
}
