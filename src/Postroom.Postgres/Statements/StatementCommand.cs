using Npgsql;
using NpgsqlTypes;
using Postroom.Storage;

namespace Postroom.Postgres.Statements;

/// <summary>Makes a command of a user's statement.</summary>
internal static class StatementCommand
{
    private static readonly HashSet<string> s_allowed =
        new(StringComparer.OrdinalIgnoreCase) { "select", "insert", "update", "delete", "merge", "with", "values" };

    /// <exception cref="StatementFailedException">
    /// It is none that reads or writes rows: the transaction is the store's.
    /// </exception>
    public static NpgsqlCommand Of(NpgsqlConnection connection, Statement statement)
    {
        var first = statement.Text.AsSpan().Trim().TrimStart('(').Trim();
        var end = first.IndexOfAnyExceptInRange('A', 'z');
        if (!s_allowed.Contains((end < 0 ? first : first[..end]).ToString()))
        {
            throw new StatementFailedException(
                "A statement begins with SELECT, INSERT, UPDATE, DELETE, MERGE, WITH or VALUES.");
        }

        var (text, placeholders) = StatementText.Translate(statement.Text);
        var command = new NpgsqlCommand(text, connection);
        for (var i = 0; i < Math.Max(placeholders, statement.Parameters.Count); i++)
        {
            command.Parameters.Add(Parameter(i < statement.Parameters.Count ? statement.Parameters[i] : null));
        }

        return command;
    }

    // Texts and nulls go without a type, so that they fit a column of any.
    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown },
        string text => new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown },
        bool flag => Parameters.Long(flag ? 1 : 0),
        int number => Parameters.Long(number),
        long number => Parameters.Long(number),
        double real => new NpgsqlParameter<double> { TypedValue = real, NpgsqlDbType = NpgsqlDbType.Double },
        byte[] bytes => Parameters.Bytea(bytes),
        _ => throw new StatementFailedException($"A statement takes no {value.GetType()}."),
    };
}
