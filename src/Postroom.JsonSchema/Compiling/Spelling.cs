namespace Postroom.JsonSchema.Compiling;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Spelling
{
    private const int WordLengthMax = 40;

    /// <summary>The word with the fewest edits, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > WordLengthMax)
        {
            return null;
        }

        int allowed = word.Length <= 4 ? 1 : word.Length <= 8 ? 2 : 3;
        return known
            .Select(candidate => (Candidate: candidate, Edits: Edits(word, candidate)))
            .Where(entry => entry.Edits <= allowed)
            .OrderBy(entry => entry.Edits)
            .ThenBy(entry => entry.Candidate, StringComparer.Ordinal)
            .Select(entry => entry.Candidate)
            .FirstOrDefault();
    }

    /// <summary>Letters inserted, removed, replaced or swapped with the next; case counts nothing.</summary>
    private static int Edits(string left, string right)
    {
        left = left.ToLowerInvariant();
        right = right.ToLowerInvariant();
        int[,] costs = new int[left.Length + 1, right.Length + 1];
        for (int row = 0; row <= left.Length; row++)
        {
            for (int column = 0; column <= right.Length; column++)
            {
                costs[row, column] = Cost(costs, left, right, row, column);
            }
        }

        return costs[left.Length, right.Length];
    }

    private static int Cost(int[,] costs, string left, string right, int row, int column)
    {
        if (row == 0 || column == 0)
        {
            return row + column;
        }

        bool same = left[row - 1] == right[column - 1];
        int cost = Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1;
        cost = Math.Min(cost, costs[row - 1, column - 1] + (same ? 0 : 1));
        bool swapped = row > 1 && column > 1
            && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        return swapped ? Math.Min(cost, costs[row - 2, column - 2] + 1) : cost;
    }
}
