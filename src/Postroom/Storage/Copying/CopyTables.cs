using static Postroom.Storage.Copying.CopyKind;

namespace Postroom.Storage.Copying;

/// <summary>
/// All that a store holds, table by table. Who gives stores a new table adds it here, and to each engine's list of how
/// it is kept there; a table that is neither here nor named as derived there fails a test.
/// </summary>
internal static class CopyTables
{
    public static CopyTable Settings { get; } = new("settings", 1, Of("name", Text), Of("value", Bytes));

    /// <summary>Deleted ones whose key is kept among them.</summary>
    public static CopyTable Entries { get; } = new(
        "entries", 1,
        Of("row", Number), Of("id", Id), Of("endpoint", Text), Of("state", Integer), Of("reason", Text),
        Of("evidence", Text), Of("received_at", Number), Of("key", Id), Of("fingerprint", Bytes),
        Of("expires_at", Number), Of("answer_status", Integer), Of("redirect", Text), Of("location", Text),
        Of("owner", Text), Of("agent", Text), Of("address", Text), Of("origin", Text), Of("repeat_of", Id),
        Of("media_type", Text), Of("bytes", Number), Of("answer", Bytes), Of("document", Bytes),
        Of("control", Bytes));

    public static CopyTable Bodies { get; } = new(
        "bodies", 1, Of("row", Number), Of("content_type", Text), Of("body", Bytes), Of("gaps", Text));

    public static CopyTable Files { get; } = new(
        "entry_files", 2,
        Of("entry_row", Number), Of("position", Integer), Of("id", Id), Of("field", Bytes), Of("name", Text),
        Of("size", Number), Of("media_type", Text), Of("digest", Text));

    public static CopyTable Jobs { get; } = new(
        "jobs", 1,
        Of("number", Number), Of("entry_row", Number), Of("entry", Id), Of("name", Text), Of("state", Integer),
        Of("attempts", Integer), Of("run_at", Number), Of("claim", Number), Of("lease_until", Number),
        Of("error", Text), Of("changed_at", Number));

    public static CopyTable Tokens { get; } = new("tokens", 1, Of("token", Id), Of("expires_at", Number));

    public static CopyTable Values { get; } = new(
        "unique_values", 3,
        Of("endpoint", Text), Of("rule", Text), Of("digest", Bytes), Of("entry", Id), Of("entry_row", Number));

    public static CopyTable Counts { get; } = new(
        "quota_counts", 3, Of("endpoint", Text), Of("period", Number), Of("start", Number), Of("count", Number));

    /// <summary>Those that were finished, and open ones where their files stay where they are.</summary>
    public static CopyTable Uploads { get; } = new(
        "uploads", 1,
        Of("id", Id), Of("endpoint", Text), Of("caller", Text), Of("state", Integer), Of("length", Number),
        Of("offset", Number), Of("bytes", Number), Of("created_at", Number), Of("expires_at", Number),
        Of("fence", Number), Of("held", Flag), Of("entry", Id), Of("answer_status", Integer), Of("location", Text),
        Of("redirect", Text), Of("answer", Bytes), Of("metadata", Bytes), Of("file_state", Bytes));

    /// <summary>Resources that have a table of records, and the shape that was declared for it.</summary>
    public static CopyTable Resources { get; } = new(
        "record_tables", 1, Of("endpoint", Text), Of("name", Text), Of("shape", Text));

    /// <summary>
    /// The records of all resources. What else their tables have is filled from the documents at the next start.
    /// </summary>
    public static CopyTable Records { get; } = new(
        "records", 2,
        Of("endpoint", Text), Of("id", Id), Of("version", Number), Of("owner", Text), Of("created_at", Number),
        Of("updated_at", Number), Of("held_until", Number), Of("document", Bytes));

    public static CopyTable Changes { get; } = new(
        "record_changes", 2,
        Of("endpoint", Text), Of("sequence", Number), Of("id", Id), Of("version", Number), Of("kind", Integer),
        Of("at", Number));

    /// <summary>
    /// Which entry each key stands for. The target makes it from the entries; it is compared, not moved.
    /// </summary>
    public static CopyTable Keys { get; } = new("keys", 1, Of("key", Id), Of("row", Number), Of("expires_at", Number));

    /// <summary>What is moved, in this order: what names a row comes after it.</summary>
    public static IReadOnlyList<CopyTable> Moved { get; } =
        [Settings, Entries, Bodies, Files, Jobs, Tokens, Values, Counts, Uploads, Resources, Records, Changes];

    /// <summary>What must be the same on both sides at the end.</summary>
    public static IReadOnlyList<CopyTable> Compared { get; } = [.. Moved, Keys];

    private static CopyColumn Of(string name, CopyKind kind) => new(name, kind);
}
