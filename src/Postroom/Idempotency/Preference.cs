using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Postroom.Idempotency;

/// <summary>Reads the one preference that counts here (RFC 7240 §4.3): <c>Prefer: wait=N</c>, in seconds.</summary>
internal static class Preference
{
    public static TimeSpan? Wait(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var preference in (line ?? "").Split(',', ';'))
            {
                var text = preference.AsSpan().Trim();
                if (text.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(
                        text[5..].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    return TimeSpan.FromSeconds(seconds);
                }
            }
        }

        return null;
    }
}
