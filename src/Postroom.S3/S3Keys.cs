using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Where things lie in the bucket: a file at <c>files/0199…ab</c>, the pieces of one that is growing at
/// <c>parts/0199…ab/…</c>.
/// </summary>
internal static class S3Keys
{
    public const string Files = "files/";
    public const string Parts = "parts/";
    public const string Probes = "probe/";

    public static string Of(EntryId id) => Files + id;

    public static string PartsOf(EntryId id) => $"{Parts}{id}/";

    public static string Of(EntryId id, S3Piece piece) => PartsOf(id) + piece.Name;

    /// <summary>The file that an object belongs to; null for what is none of ours.</summary>
    public static EntryId? IdOf(string key)
    {
        var rest = key.StartsWith(Files, StringComparison.Ordinal) ? key[Files.Length..]
            : key.StartsWith(Parts, StringComparison.Ordinal) ? key[Parts.Length..].Split('/')[0]
            : "";
        return EntryId.TryParse(rest, out var id) ? id : null;
    }
}
