using System.Globalization;

namespace Postroom.Declarations.Loading;

/// <summary>Sizes such as <c>1MB</c> (1,000,000 bytes) and <c>1MiB</c> (1,048,576 bytes).</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    /// <summary>The bytes; null when the text is no size.</summary>
    public static long? Parse(string text)
    {
        var unit = 1L;
        foreach (var (name, bytes) in Units)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal))
            {
                continue;
            }

            (text, unit) = (text[..^name.Length], bytes);
            break;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return count > long.MaxValue / unit ? null : count * unit;
    }

    /// <summary>A size as people write it: the largest decimal unit that needs no fraction.</summary>
    public static string Write(long bytes)
    {
        var (name, unit) = Units
            .Where(each => !each.Unit.Contains('i') && bytes % each.Bytes == 0)
            .MaxBy(each => each.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{name}");
    }
}
