namespace Postroom.Faults;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int LengthMax = 60;

    /// <summary><c> Did you mean `x`?</c> or nothing: to be put behind a sentence.</summary>
    public static string Suggest(string written, IEnumerable<string> known) =>
        Find(written, known) is { } name ? $" Did you mean `{name}`?" : "";

    /// <summary>
    /// The nearest name within a third of the length, case and separators aside; null when none is near.
    /// </summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length > LengthMax)
        {
            return null;
        }

        var plain = Plain(written);
        return known
            .Select(name => (Name: name, Distance: Distance(plain, Plain(name))))
            .Where(each => each.Distance <= Math.Max(each.Name.Length, written.Length) / 3)
            .OrderBy(each => each.Distance)
            .ThenBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => each.Name)
            .FirstOrDefault();
    }

    private static string Plain(string name) =>
        new([.. name.Where(character => character is not ('-' or '_' or ' ')).Select(char.ToLowerInvariant)]);

    /// <summary>The edit distance with swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var costs = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            costs[row, 0] = row;
        }

        for (var column = 0; column <= right.Length; column++)
        {
            costs[0, column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            for (var column = 1; column <= right.Length; column++)
            {
                var change = left[row - 1] == right[column - 1] ? 0 : 1;
                var cost = Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1;
                cost = Math.Min(cost, costs[row - 1, column - 1] + change);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    cost = Math.Min(cost, costs[row - 2, column - 2] + 1);
                }

                costs[row, column] = cost;
            }
        }

        return costs[left.Length, right.Length];
    }
}
