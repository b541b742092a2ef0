using System.Globalization;

namespace Postroom.Postgres.Reading;

/// <summary>The places in a kept body as a column: numbers with a space between.</summary>
internal static class BodyGaps
{
    public static string Write(IReadOnlyList<int> gaps) =>
        string.Join(' ', gaps.Select(gap => gap.ToString(CultureInfo.InvariantCulture)));

    public static IReadOnlyList<int> Read(string? text) => string.IsNullOrEmpty(text)
        ? []
        : [.. text.Split(' ').Select(gap => int.Parse(gap, CultureInfo.InvariantCulture))];
}
