namespace Postroom.Sqlite.Purging;

/// <summary>One endpoint's part of a span of rows.</summary>
internal readonly record struct SpanName(long Number, string Endpoint)
{
    public long FirstRow => Number << EntryRows.SpanBits;

    public long LastRow => ((Number + 1) << EntryRows.SpanBits) - 1;
}
