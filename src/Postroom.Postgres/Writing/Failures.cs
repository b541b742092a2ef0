using System.Net.Sockets;
using Npgsql;
using Postroom.Postgres.Records;

namespace Postroom.Postgres.Writing;

/// <summary>Reads the failures of the driver and the codes of the server.</summary>
internal static class Failures
{
    /// <summary>Null for what is no failure of the database: a bug.</summary>
    public static FailureKind? Kind(Exception failure) => failure switch
    {
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => FailureKind.Lost,
        PostgresException refused => Kind(refused.SqlState),
        RecordsReshapedException => FailureKind.Conflict,
        NpgsqlException or SocketException or IOException or TimeoutException => FailureKind.Lost,
        _ => null,
    };

    private static FailureKind Kind(string code) => code switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => FailureKind.Conflict,
        PostgresErrorCodes.UniqueViolation => FailureKind.Collision,
        PostgresErrorCodes.DiskFull => FailureKind.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureKind.Lost,
        _ when code.StartsWith("08", StringComparison.Ordinal) || code.StartsWith("57P", StringComparison.Ordinal)
            || code.StartsWith("53", StringComparison.Ordinal) => FailureKind.Lost,
        _ => FailureKind.Rejected,
    };
}
