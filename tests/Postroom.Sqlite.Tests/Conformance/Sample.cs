using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Entries and units to test with.</summary>
internal static class Sample
{
    public const string Contact = "/api/contact";
    public const string Order = "/api/orders";
    public const long Day = 24 * 60 * 60 * 1000;

    public static KeyHash Key(string text) => KeyHash.Read(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static Fingerprint Print(string text) => Fingerprint.Read(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An entry, with a key for a day when one is named.</summary>
    public static Entry Entry(EntryId id, long now, string? key = null, string document = """{"name":"Ada"}""") => new()
    {
        Id = id,
        Endpoint = Contact,
        ReceivedAt = now,
        Document = Utf8(document),
        MediaType = "application/json",
        Key = key is null ? default : Key(key),
        Fingerprint = key is null ? default : Print(document),
        ExpiresAt = key is null ? 0 : now + Day,
        Answer = key is null ? null : new StoredAnswer(201, Utf8($$"""{"message":"Thank you","key":"{{key}}"}""")),
    };

    /// <summary>An upload that has just begun, of 100 bytes.</summary>
    public static Upload Upload(EntryId id, long now) => new()
    {
        Id = id,
        Endpoint = Contact,
        Caller = "user:ada",
        Length = 100,
        CreatedAt = now,
        ExpiresAt = now + Day,
    };

    public static PostUnit Unit(params Write[] writes) => new() { Guards = [], Writes = writes };

    public static PostUnit Unit(Guard guard, params Write[] writes) => new() { Guards = [guard], Writes = writes };

    /// <summary>What a POST with a key is: its key free, its entry written.</summary>
    public static PostUnit Keyed(Entry entry, long now) =>
        Unit(new KeyFree(entry.Key, entry.Fingerprint, now), new InsertEntry(entry));
}
