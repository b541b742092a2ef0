using Postroom.Storage;

namespace Postroom.Postgres;

/// <summary>Ids and hashes of 16 bytes as the type uuid, which psql shows as ids are shown everywhere else.</summary>
internal static class Uuids
{
    public static Guid Of(EntryId id) => Make(id.High, id.Low);

    public static Guid Of(KeyHash key) => Make(key.High, key.Low);

    public static EntryId Entry(Guid uuid)
    {
        var key = Key(uuid);
        return new EntryId(key.High, key.Low);
    }

    public static KeyHash Key(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return KeyHash.Read(bytes);
    }

    private static Guid Make(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        new KeyHash(high, low).WriteTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }
}
