using System.Diagnostics;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Writing;

/// <summary>A unit on its way, and the promise that its caller awaits.</summary>
internal sealed class UnitWork(PostUnit unit) : Promise<UnitOutcome>
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public PostUnit Unit { get; } = unit;

    /// <summary>How long it has been on its way.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_began);

    /// <summary>What it counts for in the queue.</summary>
    public long Bytes { get; } = Size(unit);

    /// <summary>A unit with the user's own statements runs alone.</summary>
    public bool HasStatements { get; } = NeedsStatements(unit);

    private static bool NeedsStatements(PostUnit unit)
    {
        for (var i = 0; i < unit.Guards.Count; i++)
        {
            if (unit.Guards[i] is QueryUnchanged)
            {
                return true;
            }
        }

        for (var i = 0; i < unit.Writes.Count; i++)
        {
            if (unit.Writes[i] is RunStatement)
            {
                return true;
            }
        }

        return false;
    }

    private static long Size(PostUnit unit)
    {
        var size = 0L;
        for (var i = 0; i < unit.Writes.Count; i++)
        {
            size += unit.Writes[i] switch
            {
                InsertEntry { Entry: var entry } =>
                    entry.Document.Length + (entry.Answer?.Body.Length ?? 0) + entry.Body.Length,
                InsertRecord { Record: var record } => record.Document.Length,
                ReplaceRecord { Record: var record } => record.Document.Length,
                _ => 0,
            };
        }

        return size;
    }
}
