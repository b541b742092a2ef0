using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>
/// Which part of which list is looked at: read from the address, and written into the addresses of its neighbours.
/// </summary>
internal sealed record InboxFilter
{
    private const int TextMaximum = 200;

    /// <summary>The room whose list it is.</summary>
    public required string Room { get; init; }

    public string? Endpoint { get; init; }

    public EntryState? State { get; init; }

    /// <summary>Only what is held for this reason; of the held list.</summary>
    public string? Reason { get; init; }

    public string? Text { get; init; }

    /// <summary>Go on with what is older than this entry.</summary>
    public EntryId? After { get; init; }

    /// <summary>Go back to what is newer than this entry.</summary>
    public EntryId? Before { get; init; }

    /// <summary>True when something is asked for that leaves entries out.</summary>
    public bool IsNarrowed =>
        Endpoint is not null || Reason is not null || Text is not null
        || (State is not null && Room == ConsolePaths.Inbox);

    public static InboxFilter Read(IQueryCollection query, string room) => new()
    {
        Room = room,
        Endpoint = Value(query, "endpoint"),
        State = room == ConsolePaths.Held ? EntryState.Held : StateOf(Value(query, "state")),
        Reason = room == ConsolePaths.Held && Value(query, "reason") is { Length: <= TextMaximum } reason
            ? reason
            : null,
        Text = Value(query, "text") is { Length: <= TextMaximum } text ? text : null,
        After = EntryId.TryParse(Value(query, "after"), out var after) ? after : null,
        Before = EntryId.TryParse(Value(query, "before"), out var before) ? before : null,
    };

    /// <summary>The states that can be asked for.</summary>
    public static IReadOnlyList<EntryState> States { get; } = [EntryState.Stored, EntryState.Held, EntryState.Refused];

    /// <summary>The state as it stands in addresses.</summary>
    public static string Name(EntryState state) => state switch
    {
        EntryState.Stored => "stored",
        EntryState.Held => "held",
        EntryState.Refused => "refused",
        _ => "running",
    };

    /// <summary>The same list from its newest entry on.</summary>
    public HtmlUrl Newest() => Url(null, null);

    /// <summary>The same list from behind this entry on.</summary>
    public HtmlUrl Older(EntryId last) => Url(last, null);

    /// <summary>The same list up to this entry.</summary>
    public HtmlUrl Newer(EntryId first) => Url(null, first);

    /// <summary>Where everything in this list that was refused is run again.</summary>
    public HtmlUrl RunAll() =>
        HtmlUrl.Of(ConsolePaths.RunHeld, ("endpoint", Endpoint), ("reason", Reason), ("text", Text));

    /// <summary>The same list, with what became of its entries.</summary>
    public HtmlUrl Ran(RunTally tally) => HtmlUrl.Of(
        Room,
        ("endpoint", Endpoint),
        ("reason", Reason),
        ("text", Text),
        ("done", Notices.RanAll),
        ("ran", tally.ToString()));

    private HtmlUrl Url(EntryId? after, EntryId? before) => HtmlUrl.Of(
        Room,
        ("endpoint", Endpoint),
        ("state", State is { } state && Room == ConsolePaths.Inbox ? Name(state) : null),
        ("reason", Reason),
        ("text", Text),
        ("after", after?.ToString()),
        ("before", before?.ToString()));

    private static EntryState? StateOf(string? name)
    {
        foreach (var state in States)
        {
            if (Name(state) == name)
            {
                return state;
            }
        }

        return null;
    }

    private static string? Value(IQueryCollection query, string name) =>
        query[name].ToString().Trim() is { Length: > 0 } value ? value : null;
}
