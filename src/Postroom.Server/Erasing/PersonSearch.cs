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
    /// The entries that are the person's: by a declared field, or because the person sent them signed in.
    /// </summary>
    public List<(EntryId Id, EntryId[] Files, ErasedEntry Shown)> Run()
    {
        var found = new List<(EntryId, EntryId[], ErasedEntry)>();
        EntryId? after = null;
        do
        {
            using var reader = read();
            var page = reader.ListEntries(new EntryQuery { OldestFirst = true, After = after, Limit = PageSize });
            found.AddRange(page.Entries.Where(IsThePersons).Select(entry => (
                entry.Id,
                entry.Files.Select(file => file.Id).ToArray(),
                new ErasedEntry(
                    entry.Id.ToString(), entry.Endpoint, entry.State.ToString().ToLowerInvariant(),
                    entry.Files.Count))));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    private bool IsThePersons(Entry entry)
    {
        if (entry.Owner is { } owner && PersonFields.Normal(owner) == value)
        {
            return true;
        }

        if (fields.TryGetValue(entry.Endpoint, out var of) && !of.IsEmpty)
        {
            return of.Match(entry.Document, value);
        }

        _notSearched[entry.Endpoint] = _notSearched.GetValueOrDefault(entry.Endpoint) + 1;
        return false;
    }
}
