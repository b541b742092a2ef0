using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Crash.Host;

/// <summary>The units of a crash run: one entry with its key and answer, and one job that follows from it.</summary>
internal static class StoreUnits
{
    public const string JobName = "afterwards:/api/contact";
    private static readonly long s_lifetime = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"unit-{number:D8}");

    public static KeyHash Hash(string key) => KeyHash.Read(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The unit of a key. Every attempt makes another id, so an answer tells which one it came from.</summary>
    public static PostUnit Make(IPostStore store, string key, long now)
    {
        var id = store.Ids.Next();
        var hash = Hash(key);
        var fingerprint = Fingerprint.Read(SHA256.HashData(Encoding.UTF8.GetBytes(key + key)));
        var entry = new Entry
        {
            Id = id,
            Endpoint = "/api/contact",
            ReceivedAt = now,
            Document = Document(key),
            MediaType = "application/json",
            Key = hash,
            Fingerprint = fingerprint,
            ExpiresAt = now + s_lifetime,
            Answer = new StoredAnswer(201, Encoding.UTF8.GetBytes($$"""{"message":"Received.","id":"{{id}}"}""")),
        };
        return new PostUnit
        {
            Guards = [new KeyFree(hash, fingerprint, now)],
            Writes = [new InsertEntry(entry), new InsertJob(id, JobName, now)],
        };
    }

    public static StoredAnswer AnswerOf(PostUnit unit) => ((InsertEntry)unit.Writes[0]).Entry.Answer!;

    private static byte[] Document(string key)
    {
        var random = new Random(key.Aggregate(17, (sum, letter) => (sum * 31) + letter));
        var padding = string.Concat(Enumerable.Repeat("lorem ipsum ", random.Next(30, 400)));
        return Encoding.UTF8.GetBytes($$"""{"name":"Ada","message":"{{key}}","more":"{{padding}}"}""");
    }
}
