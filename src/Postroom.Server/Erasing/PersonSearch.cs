using Postroom.Storage;

namespace Postroom.Server.Erasing;

/// <summary>Finds a person's entries in every state, a page at a time.</summary>
internal sealed class PersonSearch(
    Func<IStoreReader> read, IReadOnlyDictionary<string, PersonFields> fields, string value)
{
    private const int PageSize = 50;

    private readonly SortedDictionary<string, long> _notSearched = new(StringComparer.Ordinal);

    public IReadOnlyList<NotSearched> NotSearched => [.. _notSearched.Select(of => new NotSearched(of.Key, of.Value))];

    /// <summary>
    /// The entries that are the person's: by a declared field, because the person sent them signed in, by a control
    /// field, or by the body of what was refused.
    /// </summary>
    public List<FoundEntry> Run()
    {
        _notSearched.Clear();
        var found = new List<FoundEntry>();
        EntryId? after = null;
        do
        {
            using var reader = read();
            var page = reader.ListEntries(new EntryQuery { OldestFirst = true, After = after, Limit = PageSize });
            foreach (var entry in page.Entries)
            {
                if (ByWhat(reader, entry) is { } by)
                {
                    found.Add(Found(entry, by));
                }
            }

            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    private static FoundEntry Found(Entry entry, string by) => new(
        entry.Id,
        [.. entry.Files.Select(file => file.Id)],
        new ErasedEntry(
            entry.Id.ToString(), entry.Endpoint, entry.State.ToString().ToLowerInvariant(), entry.Files.Count, by));

    /// <summary>What says that the entry is the person's; null when nothing does.</summary>
    private string? ByWhat(IStoreReader reader, Entry entry)
    {
        if (entry.Owner is { } owner && PersonFields.Normal(owner) == value)
        {
            return "sender";
        }

        if (!entry.Control.IsEmpty && PersonText.IsInControl(entry.Control, value))
        {
            return "control";
        }

        var isSearched = fields.TryGetValue(entry.Endpoint, out var of) && !of.IsEmpty;
        if (isSearched && of!.Match(entry.Document, value))
        {
            return "field";
        }

        // Lists bring no bodies; the document of what was refused is what could be read of it, perhaps nothing.
        if (RefusedReason.IsOf(entry) && reader.FindEntry(entry.Id) is { BodyType: { } type } whole
            && PersonText.IsInBody(whole.Body, type, value))
        {
            return "body";
        }

        if (!isSearched)
        {
            _notSearched[entry.Endpoint] = _notSearched.GetValueOrDefault(entry.Endpoint) + 1;
        }

        return null;
    }
}
