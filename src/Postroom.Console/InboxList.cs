using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>A part of the list, newest first, with the ways to its neighbours.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Older">Behind which entry the older ones begin; null at the end.</param>
/// <param name="Newer">Before which entry the newer ones end; null at the beginning.</param>
/// <param name="StoppedEarly">
/// True when the store looked through as much as it may and there is more to look through.
/// </param>
internal sealed record InboxList(IReadOnlyList<Entry> Entries, EntryId? Older, EntryId? Newer, bool StoppedEarly)
{
    public const int Size = 30;

    /// <summary>
    /// Reads the part that the filter asks for. Both ways go on from an entry, not from a count, so that what arrives
    /// meanwhile moves nothing.
    /// </summary>
    public static InboxList Read(IStoreReader reader, InboxFilter filter)
    {
        var query = new EntryQuery
        {
            Endpoint = filter.Endpoint,
            State = filter.State,
            Reason = filter.Reason,
            Text = filter.Text,
            Limit = Size,
        };
        return filter.Before is { } before ? Back(reader, query, before) : Forth(reader, query, filter.After);
    }

    private static InboxList Forth(IStoreReader reader, EntryQuery query, EntryId? after)
    {
        var page = reader.ListEntries(query with { After = after });
        var newer = after is null ? (EntryId?)null : page.Entries.Count > 0 ? page.Entries[0].Id : after;
        return new InboxList(page.Entries, page.Next, newer, page.Next is not null && page.Entries.Count < Size);
    }

    private static InboxList Back(IStoreReader reader, EntryQuery query, EntryId before)
    {
        var page = reader.ListEntries(query with { After = before, OldestFirst = true });
        if (page.Entries.Count == 0 && page.Next is null)
        {
            return Forth(reader, query, null);
        }

        var entries = page.Entries.Reverse().ToList();
        EntryId? older = entries.Count > 0 ? entries[^1].Id : null;
        return new InboxList(entries, older, page.Next, page.Next is not null && entries.Count < Size);
    }
}
