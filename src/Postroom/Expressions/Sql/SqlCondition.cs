namespace Postroom.Expressions.Sql;

/// <summary>A condition that holds wherever a part of an expression has a certain value.</summary>
/// <param name="Text">
/// Its text, with <see cref="Mark"/> for each parameter. Where it gives NULL it does not hold.
/// </param>
/// <param name="Parameters">In the order of their marks.</param>
/// <param name="IsExact">It holds nowhere else.</param>
internal readonly record struct SqlCondition(string Text, object[] Parameters, bool IsExact)
{
    /// <summary>Stands for a parameter until all are numbered: conditions are still dropped.</summary>
    public const char Mark = '\u0001';

    private const string True = "TRUE";
    private const string False = "FALSE";

    /// <summary>Nothing can be said in SQL.</summary>
    public static SqlCondition Unknown { get; } = new(True, [], IsExact: false);

    public static SqlCondition Always { get; } = new(True, [], IsExact: true);

    public static SqlCondition Never { get; } = new(False, [], IsExact: true);

    private bool IsTrue => Text == True;

    private bool IsFalse => Text == False;

    public static SqlCondition And(IReadOnlyCollection<SqlCondition> parts)
    {
        if (parts.Any(part => part.IsFalse))
        {
            return Never;
        }

        var exact = parts.All(part => part.IsExact);
        return Combine([.. parts.Where(part => !part.IsTrue)], " AND ", exact, True);
    }

    public static SqlCondition Or(IReadOnlyCollection<SqlCondition> parts)
    {
        if (parts.Any(part => part.IsTrue))
        {
            return parts.Any(part => part.IsTrue && part.IsExact) ? Always : Unknown;
        }

        var exact = parts.All(part => part.IsExact);
        return Combine([.. parts.Where(part => !part.IsFalse)], " OR ", exact, False);
    }

    private static SqlCondition Combine(SqlCondition[] parts, string word, bool exact, string none) =>
        parts.Length switch
        {
            0 => new SqlCondition(none, [], exact),
            1 => parts[0] with { IsExact = exact },
            _ => new SqlCondition(
                $"({string.Join(word, parts.Select(part => part.Text))})",
                [.. parts.SelectMany(part => part.Parameters)],
                exact),
        };
}
