using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Postroom.Exchange;

/// <summary>Reads the preferences that count here (RFC 7240 §4): <c>wait=N</c> and <c>return=minimal</c>.</summary>
internal static class Preference
{
    /// <summary>True when the caller wants no more than the status and the headers (§4.2).</summary>
    public static bool IsMinimal(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var preference in (line ?? "").Split(','))
            {
                // The first of two that contradict each other counts (§2).
                var text = preference.AsSpan().Trim();
                if (text.StartsWith("return=", StringComparison.OrdinalIgnoreCase))
                {
                    return text[7..].Trim('"').Equals("minimal", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return false;
    }

    /// <summary>How long the caller would wait (§4.3); null when he does not say.</summary>
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
