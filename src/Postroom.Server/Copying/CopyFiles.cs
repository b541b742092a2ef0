using System.Buffers;
using System.Security.Cryptography;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Server.Copying;

/// <summary>
/// Brings the bytes of files to the place where the target's servers look for them, and holds them against what is
/// known of them.
/// </summary>
/// <param name="from">Where they are.</param>
/// <param name="to">Where they shall be; the same where they stay.</param>
/// <param name="place">Where that is, for people.</param>
internal sealed class CopyFiles(IFileStore from, IFileStore to, string place)
{
    private const int BufferBytes = 1024 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Where the files are that were copied or found.</summary>
    public string Place => place;

    /// <summary>Whether they stay where they are.</summary>
    public bool Stay => ReferenceEquals(from, to);

    /// <summary>Copies one file, unless it is there already; of one that stays the size is looked at.</summary>
    /// <exception cref="CopyRefusedException">It is not there, or not what it was.</exception>
    public async Task MoveAsync(EntryId id, long size, string digest)
    {
        await using var source = await from.OpenAsync(id) ?? throw Missing(id);
        if (source.Length != size)
        {
            throw Damaged(id);
        }

        if (Stay || await IsThereAsync(id, digest, source))
        {
            return;
        }

        await using var writer = await to.CreateAsync(id);
        source.Position = 0;
        int count;
        while ((count = await source.ReadAsync(_buffer)) > 0)
        {
            await writer.WriteAsync(new ReadOnlySequence<byte>(_buffer, 0, count));
        }

        writer.End();
        if (writer.Digest != digest)
        {
            throw Damaged(id);
        }

        await writer.CompleteAsync();
    }

    // What an interrupted copy left is made again, but never at the cost of the only good one: two names of one folder
    // must do no harm.
    private async Task<bool> IsThereAsync(EntryId id, string digest, Stream source)
    {
        await using (var there = await to.OpenAsync(id))
        {
            if (there is null)
            {
                return false;
            }

            if (await DigestAsync(there) == digest)
            {
                return true;
            }
        }

        if (await DigestAsync(source) != digest)
        {
            throw Damaged(id);
        }

        await to.DeleteAsync(id);
        return false;
    }

    private static async Task<string> DigestAsync(Stream stream) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));

    private CopyRefusedException Missing(EntryId id) => new(
        $"The file {id} of an entry is not {(Stay ? $"in {place}" : "at the source")}. Say with --files in which data "
        + "folder the nodes on PostgreSQL keep their files, or put the file back from a backup; then run the same "
        + "command again.");

    private static CopyRefusedException Damaged(EntryId id) => new(
        $"The file {id} is not what was stored: its size or its digest differs. Put it back from a backup and run the "
        + "same command again.");
}
