using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// Adds files to the fingerprint of a document: place, content and size of each, in the order sent. Ids and declared
/// types do not count, so that a form that is sent again is the same request.
/// </summary>
internal static class FileDigest
{
    private const byte Version = 1;

    public static Fingerprint Add(Fingerprint document, IReadOnlyList<EntryFile> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[Fingerprint.Size];
        Span<byte> number = stackalloc byte[sizeof(long)];
        hash.AppendData([Version]);
        document.WriteTo(digest);
        hash.AppendData(digest);
        foreach (EntryFile file in files)
        {
            byte[] field = Encoding.UTF8.GetBytes(file.Field);
            BinaryPrimitives.WriteInt64BigEndian(number, field.Length);
            hash.AppendData(number);
            hash.AppendData(field);
            hash.AppendData(Encoding.ASCII.GetBytes(file.Digest));
            BinaryPrimitives.WriteInt64BigEndian(number, file.Size);
            hash.AppendData(number);
        }

        hash.GetHashAndReset(digest);
        return Fingerprint.Read(digest);
    }
}
