using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Postroom.Sqlite.Backups;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Verifying;

/// <summary>
/// Goes once through all entries, and compares what they add up to with the sums that are kept of them.
/// </summary>
internal sealed class EntryCheck(SqliteConnection connection, FindingList findings)
{
    private const int DepthMax = 1000;

    private readonly SortedDictionary<string, long[]> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpanSums> _sums = new(StringComparer.Ordinal);

    /// <summary>Looks at every entry.</summary>
    /// <returns>How many there are by endpoint and state.</returns>
    public IReadOnlyList<EntriesOf> Run()
    {
        using var kept = connection.Prepare(
            "SELECT endpoint, stored, held, refused, running, bytes, oldest FROM entry_spans WHERE span = ?1");
        using var select = connection.Prepare(
            """
            SELECT e.row, e.id, e.endpoint, e.state, e.received_at, e.document,
              coalesce(octet_length(e.document), 0) + coalesce(octet_length(e.control), 0)
                + coalesce(octet_length(e.answer), (SELECT octet_length(a.body) FROM answers a WHERE a.row = e.row), 0)
                + coalesce((SELECT sum(f.size) FROM entry_files f WHERE f.entry_row = e.row), 0)
                + coalesce((SELECT octet_length(b.body) FROM bodies b WHERE b.row = e.row), 0)
            FROM entries e ORDER BY e.row
            """);
        var span = -1L;
        while (select.Step())
        {
            if (EntryRows.SpanOf(select.Number(0)) is var next && next != span)
            {
                Compare(kept, span);
                span = next;
            }

            Look(select);
        }

        Compare(kept, span);
        FindEmptySpans();
        return [.. _counts.Select(of => new EntriesOf(of.Key, of.Value[0], of.Value[1], of.Value[2], of.Value[3]))];
    }

    private void Look(SqliteStatement row)
    {
        var id = EntryId.Read(row.Bytes(1));
        if (id.Row != row.Number(0))
        {
            findings.Add(FindingKind.Identity, id.ToString());
        }

        var state = row.Number(3);
        if (state == (long)EntryState.Deleted)
        {
            return;
        }

        var endpoint = row.Text(2)!;
        if (!_sums.TryGetValue(endpoint, out var sums))
        {
            _sums.Add(endpoint, sums = new SpanSums());
        }

        if (!_counts.TryGetValue(endpoint, out var counts))
        {
            _counts.Add(endpoint, counts = new long[4]);
        }

        counts[state]++;
        sums.Counts[state]++;
        sums.Bytes += row.Number(6);
        sums.Oldest = Math.Min(sums.Oldest, row.Number(4));
        if (!IsJson(row.Bytes(5)))
        {
            findings.Add(FindingKind.Document, id.ToString());
        }
    }

    private void Compare(SqliteStatement kept, long span)
    {
        kept.Bind(1, span);
        while (kept.Step())
        {
            var endpoint = kept.Text(0)!;
            var sums = _sums.Remove(endpoint, out var found) ? found : new SpanSums();
            var isRight = sums.Bytes == kept.Number(5) && sums.Oldest >= kept.Number(6)
                && sums.Counts.Select((count, state) => count == kept.Number(1 + state)).All(same => same);
            if (!isRight)
            {
                findings.Add(FindingKind.Span, Name(span, endpoint));
            }
        }

        kept.Reset();
        foreach (var endpoint in _sums.Keys)
        {
            findings.Add(FindingKind.Span, Name(span, endpoint));
        }

        _sums.Clear();
    }

    /// <summary>Sums of spans in which there is no entry at all.</summary>
    private void FindEmptySpans()
    {
        using var select = connection.Prepare(
            """
            SELECT s.span, s.endpoint FROM entry_spans s
            WHERE s.stored + s.held + s.refused + s.running > 0 AND NOT EXISTS (
              SELECT 1 FROM entries e WHERE e.row BETWEEN s.span << ?1 AND ((s.span + 1) << ?1) - 1)
            """);
        select.Bind(1, EntryRows.SpanBits);
        while (select.Step())
        {
            findings.Add(FindingKind.Span, Name(select.Number(0), select.Text(1)!));
        }
    }

    private static string Name(long span, string endpoint)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(EntryId.FromRow(span << EntryRows.SpanBits, 0).Milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint} from {from:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    private static bool IsJson(ReadOnlySpan<byte> document)
    {
        try
        {
            var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
            {
                // Every token counts: only the end says that it is whole.
            }

            return document.Length > 0 && Utf8.IsValid(document);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
