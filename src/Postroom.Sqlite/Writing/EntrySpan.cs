using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The sums of one endpoint's entries over one span of rows.</summary>
internal sealed class EntrySpan(long number, string endpoint)
{
    private readonly long[] _counts = new long[4];

    public long Number { get; } = number;

    public string Endpoint { get; } = endpoint;

    /// <summary>Documents, answers and files together.</summary>
    public long Bytes { get; set; }

    /// <summary>No entry was received before this, in Unix milliseconds. It may be lower than the oldest.</summary>
    public long Oldest { get; set; } = long.MaxValue;

    /// <summary>
    /// No key ends before this, in Unix milliseconds, of those that still have something to clear; null for none.
    /// </summary>
    public long? NextExpiry { get; set; }

    /// <summary>Changes with every arrival, and is never the same again.</summary>
    public long Version { get; set; }

    /// <summary>True when it is not yet written as it is.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Entries that stand there.</summary>
    public ref long Count(EntryState state) => ref _counts[(int)state];

    /// <summary>Takes in that a key ends then.</summary>
    public void Expires(long at) => NextExpiry = NextExpiry is { } next ? Math.Min(next, at) : at;
}
