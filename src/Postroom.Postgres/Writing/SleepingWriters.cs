using Microsoft.Extensions.Logging;

namespace Postroom.Postgres.Writing;

/// <summary>
/// Ends the transactions of writers whose node stands still. The server does that by itself where such a node is
/// between two statements (idle_in_transaction_session_timeout); where it stands still while it sends one, the server
/// waits for the rest for good, and holds all rows.
/// </summary>
internal sealed class SleepingWriters(Database database, TimeSpan patience, ILogger logger)
{
    // Only who writes as we do has this lock, which lasts until the end of its transaction.
    private const string End = """
        SELECT count(pg_terminate_backend(a.pid))::integer FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.usename = current_user AND a.wait_event = 'ClientRead'
          AND a.xact_start < clock_timestamp() - $1 * interval '1 millisecond'
          AND EXISTS (SELECT FROM pg_locks l
            WHERE l.pid = a.pid AND l.relation = 'postroom.writers'::regclass AND l.mode = 'RowExclusiveLock')
        """;

    /// <summary>To be called when a row could not be had in time.</summary>
    public async Task EndAsync()
    {
        try
        {
            await using var command = database.Source.CreateCommand(database.Sql(End));
            command.Parameters.Add(Parameters.Long((long)patience.TotalMilliseconds));
            if (await command.ExecuteScalarAsync() is int ended and > 0)
            {
                Log.SleepersEnded(logger, ended, (long)patience.TotalSeconds);
            }
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null)
        {
            // The row is asked for again in any case.
            Log.SleepersNotEnded(logger, failure);
        }
    }
}
