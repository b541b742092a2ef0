namespace Postroom.Sqlite;

/// <summary>Row numbers as times: 48 bits of milliseconds above 12 of a counter (see EntryId).</summary>
internal static class EntryRows
{
    /// <summary>The bits of a row inside its span: 22 of milliseconds and the counter, so about 70 minutes.</summary>
    public const int SpanBits = CounterBits + 22;

    private const int CounterBits = 12;

    /// <summary>The span that a row is in.</summary>
    public static long SpanOf(long row) => row >> SpanBits;

    /// <summary>How many rows so long a time has.</summary>
    public static long Of(TimeSpan time) => (long)time.TotalMilliseconds << CounterBits;
}
