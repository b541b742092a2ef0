using System.IO.Pipelines;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>
/// Reads the log of changes on from where a follower is, a slice at a time: how slowly he takes it costs no memory.
/// </summary>
internal sealed class ChangeReader(IPostStore store, EndpointPlan plan, ChangeAudience audience)
{
    private const int PageSize = 100;
    private const int SliceBytes = 64 * 1024;

    /// <summary>The number of the change that the follower has got to, told of it or not.</summary>
    public long Position { get; private set; }

    /// <summary>The number that he knows.</summary>
    public long Told { get; private set; }

    private RecordTable Table => plan.Resource!.Table;

    /// <summary>Finds the place to begin and writes it where the follower does not know it.</summary>
    public void Begin(ChangePosition from, PipeWriter output)
    {
        using var reader = store.Read();
        var last = reader.LastChange(Table);
        if (from.After is not { } after)
        {
            TellPosition(last, output);
        }
        else if (after > last)
        {
            // A number of another time, such as before a restored backup: what it stood for is not known here.
            Reset(last, output);
        }
        else if (from.IsResumed)
        {
            Position = Told = after;
        }
        else
        {
            var oldest = reader.ListChanges(Table, 0, 1).Changes;
            Position = Told = oldest.Count == 0 ? 0 : oldest[0].Sequence - 1;
        }
    }

    /// <summary>Writes what is next; false when there was nothing.</summary>
    public bool ReadOn(PipeWriter output)
    {
        using var reader = store.Read();
        var page = reader.ListChanges(Table, Position, PageSize);
        if (!page.IsWhole)
        {
            Reset(reader.LastChange(Table), output);
            return true;
        }

        foreach (var change in page.Changes)
        {
            var record = change.Kind == RecordChangeKind.Deleted ? null : reader.FindRecord(Table, change.Id);
            Position = change.Sequence;
            if (audience.Hears(change.Kind, record))
            {
                ChangeEvents.Write(output, plan, change, record);
                Told = Position;
                if (output.UnflushedBytes >= SliceBytes)
                {
                    break;
                }
            }
        }

        return page.Changes.Count > 0;
    }

    /// <summary>Says that the stream still stands, and where he is when much passed that was not for him.</summary>
    public void KeepAlive(PipeWriter output)
    {
        if (Told == Position)
        {
            ChangeEvents.WriteComment(output);
        }
        else
        {
            TellPosition(Position, output);
        }
    }

    private void TellPosition(long position, PipeWriter output)
    {
        ChangeEvents.WritePosition(output, position);
        Position = Told = position;
    }

    private void Reset(long position, PipeWriter output)
    {
        ChangeEvents.WriteReset(output, position);
        Position = Told = position;
    }
}
