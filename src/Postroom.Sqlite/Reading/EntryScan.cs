using System.Text;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Goes through entries in the order of their rows until a page is full, or enough were looked at.</summary>
internal sealed class EntryScan(EntryQuery query)
{
    private const string NewestFirst = $"{EntryColumns.Select} WHERE e.row < ?1 ORDER BY e.row DESC";
    private const string OldestFirst = $"{EntryColumns.Select} WHERE e.row > ?1 ORDER BY e.row";

    private readonly byte[]? _endpoint = query.Endpoint is null ? null : Encoding.UTF8.GetBytes(query.Endpoint);
    private readonly byte[]? _reason = query.Reason is null ? null : Encoding.UTF8.GetBytes(query.Reason);
    private readonly byte[] _text = query.Text is null ? [] : Encoding.UTF8.GetBytes(query.Text);
    private readonly List<Entry> _found = [];

    public EntryPage Run(ReadSession session)
    {
        var statement = session.Statement(query.OldestFirst ? OldestFirst : NewestFirst);
        statement.Bind(1, query.After?.Row ?? (query.OldestFirst ? -1 : long.MaxValue));
        try
        {
            return Run(statement, session.Statement(FileColumns.SelectOfEntry));
        }
        finally
        {
            statement.Reset();
        }
    }

    private EntryPage Run(SqliteStatement row, SqliteStatement files)
    {
        EntryId last = default;
        for (var scanned = 0; row.Step(); scanned++)
        {
            if (scanned == query.ScanMax)
            {
                return new EntryPage(_found, last);
            }

            if (IsAskedFor(row))
            {
                if (_found.Count == query.Limit)
                {
                    return new EntryPage(_found, _found[^1].Id);
                }

                _found.Add(EntryColumns.Read(row, files));
            }

            last = EntryId.Read(row.Bytes(EntryColumns.Id));
        }

        return new EntryPage(_found, null);
    }

    private bool IsAskedFor(SqliteStatement row)
    {
        var state = (EntryState)row.Number(EntryColumns.State);
        return state != EntryState.Deleted
            && (query.State is null || query.State == state)
            && (_reason is null || row.Bytes(EntryColumns.Reason).SequenceEqual(_reason))
            && (_endpoint is null || row.Bytes(EntryColumns.Endpoint).SequenceEqual(_endpoint))
            && (_text.Length == 0 || DocumentText.Holds(row.Bytes(EntryColumns.Document), _text));
    }
}
