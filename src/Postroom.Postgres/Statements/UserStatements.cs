using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Statements;

/// <summary>Runs the user's statements of one unit inside its transaction.</summary>
internal sealed class UserStatements(NpgsqlConnection connection)
{
    /// <summary>
    /// Runs the queries of the guards until one does not give the same any more: its place among the guards and how the
    /// unit ends by it, or the number of guards and null.
    /// </summary>
    public async Task<(int Guard, UnitOutcome? End)> JudgeAsync(IReadOnlyList<Guard> guards)
    {
        for (var i = 0; i < guards.Count; i++)
        {
            if (guards[i] is QueryUnchanged unchanged && await JudgeAsync(unchanged) is { } end)
            {
                return (i, end);
            }
        }

        return (guards.Count, null);
    }

    /// <summary>Runs the writes that are statements; null when all of them passed.</summary>
    public async Task<UnitOutcome?> RunAsync(IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            if (write is not RunStatement { Statement: var statement })
            {
                continue;
            }

            try
            {
                await using var command = StatementCommand.Of(connection, statement);
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception failure) when (IsOfTheStatement(failure))
            {
                return new UnitOutcome(UnitVerdict.Failed, Error: failure.Message);
            }
        }

        return null;
    }

    private async Task<UnitOutcome?> JudgeAsync(QueryUnchanged unchanged)
    {
        try
        {
            await using var command = StatementCommand.Of(connection, unchanged.Query);
            await ExecuteAsync("SAVEPOINT query; SET LOCAL transaction_read_only = on");
            var result = await StatementRows.ReadAsync(command);
            await ExecuteAsync("ROLLBACK TO query");
            return result.Digest() == unchanged.Digest ? null : new UnitOutcome(UnitVerdict.Refused, unchanged);
        }
        catch (Exception failure) when (IsOfTheStatement(failure))
        {
            return new UnitOutcome(UnitVerdict.Failed, Error: failure.Message);
        }
    }

    /// <summary>True unless the failure concerns the whole transaction, which is then run again.</summary>
    private static bool IsOfTheStatement(Exception failure) => failure is StatementFailedException
        || (failure is PostgresException { SqlState: not PostgresErrorCodes.ReadOnlySqlTransaction }
            && Failures.Kind(failure) is FailureKind.Rejected or FailureKind.Collision)
        || failure is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
