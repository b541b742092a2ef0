namespace Postroom.Sqlite.Verifying;

/// <summary>What can be found, and what to do about it.</summary>
internal sealed record FindingKind(string Code, string What, string Advice)
{
    private const string Restore =
        "Stop the server, keep the data folder as it is, and restore the newest backup that verifies.";

    private const string Report =
        "Nothing that was received is lost by it, but no POST leaves this behind: keep a backup and report it.";

    public static FindingKind Damaged { get; } = new(
        "database-damaged", "The engine found the database damaged.", Restore);

    public static FindingKind Identity { get; } = new(
        "entry-id", "Entries whose id does not belong to their row.", Restore);

    public static FindingKind Document { get; } = new(
        "document-not-json", "Entries whose document is not JSON: exports and the inbox cannot show them.",
        "Take these entries from a backup. A document never changes after it was stored: look for what wrote it.");

    public static FindingKind Answer { get; } = new(
        "answer-without-entry", "Stored answers that no entry has.", Report);

    public static FindingKind Body { get; } = new(
        "body-without-entry", "Kept bodies of refused POSTs that no entry has.", Report);

    public static FindingKind NoBody { get; } = new(
        "entry-without-body", "Entries that were refused and kept, without their bodies: they cannot be run again.",
        "Take the bodies from a backup, or delete these entries in the inbox.");

    public static FindingKind Job { get; } = new(
        "job-without-entry", "Jobs whose entry is not there: they fail when they are due.", Report);

    public static FindingKind FileRow { get; } = new(
        "file-row-without-entry", "Files known to the database that no entry has.", Report);

    public static FindingKind Span { get; } = new(
        "sums-wrong", "Sums by time and endpoint that differ from the entries: counts and retention go by them.",
        Report);

    public static FindingKind Keys { get; } = new(
        "key-file", "Key files that are missing or damaged.",
        "Restart the server: it makes them again from the entries.");

    public static FindingKind FileMissing { get; } = new(
        "file-missing", "Uploaded files that an entry names and that are not there.",
        "Copy them from a backup to the same place below the data folder.");

    public static FindingKind FileSize { get; } = new(
        "file-size", "Uploaded files whose size is not the one that was received.",
        "Copy them from a backup to the same place below the data folder.");

    public static FindingKind FileDigest { get; } = new(
        "file-digest", "Uploaded files whose bytes are not those that were received.",
        "Copy them from a backup to the same place below the data folder.");

    public static FindingKind Orphan { get; } = new(
        "file-orphan", "Files older than an hour that no entry names.",
        "They take space and nothing else; when you have looked at them, they may be deleted.");
}
