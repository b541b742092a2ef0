using System.Collections.Concurrent;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Postroom.Answers;
using Postroom.Exchange;

namespace Postroom.Server.Sites;

/// <summary>
/// The files of the site in one content coding, as files of their own: so they have their own length and tag, and
/// ranges and conditions are right for them. Compressed when they are first asked for, and kept in bounded memory; what
/// is not compressed is not found here.
/// </summary>
internal sealed class CompressedFiles(IFileProvider files, ContentCoding coding, long bytesMax = 32 << 20)
    : IFileProvider
{
    private const int SizeMax = 8 << 20;
    private const int CopiesMax = 10_000;

    // By path on the disk: a file has many spellings in an address.
    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private readonly Lock _compressing = new();
    private long _bytes;

    public IFileInfo GetFileInfo(string subpath)
    {
        if (Compression.Helps(subpath)
            && files.GetFileInfo(subpath) is { Exists: true, IsDirectory: false, PhysicalPath: { } path } file
            && file.Length is >= Compression.SizeMin and <= SizeMax
            && Find(path, file) is { } bytes)
        {
            return new CompressedFile(file, bytes);
        }

        return new NotFoundFileInfo(subpath);
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private byte[]? Find(string path, IFileInfo file)
    {
        if (_copies.TryGetValue(path, out var copy) && copy.IsOf(file))
        {
            return copy.Bytes;
        }

        // Nobody waits for it: who comes meanwhile gets the plain file.
        if (!_compressing.TryEnter())
        {
            return null;
        }

        try
        {
            return Keep(path, file, Compress(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Replaced at this moment, or not ours to read: the plain way tells what became of it.
            return null;
        }
        finally
        {
            _compressing.Exit();
        }
    }

    private byte[]? Compress(IFileInfo file)
    {
        var bytes = new byte[file.Length];
        using var stream = file.CreateReadStream();
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0 ? Compression.Compress(bytes, coding) : null;
    }

    /// <summary>That there is no room is kept too, so that it is not tried for each request.</summary>
    private byte[]? Keep(string path, IFileInfo file, byte[]? bytes)
    {
        Drop(path);
        if (!HasRoom(bytes))
        {
            foreach (var gone in _copies.Keys.Where(known => !File.Exists(known)))
            {
                Drop(gone);
            }
        }

        if (_copies.Count < CopiesMax)
        {
            var kept = HasRoom(bytes) ? bytes : null;
            _copies[path] = new Copy(file.LastModified, file.Length, kept);
            _bytes += kept?.Length ?? 0;
            return kept;
        }

        return null;
    }

    private bool HasRoom(byte[]? bytes) => _copies.Count < CopiesMax && _bytes + (bytes?.Length ?? 0) <= bytesMax;

    private void Drop(string path)
    {
        if (_copies.TryRemove(path, out var old))
        {
            _bytes -= old.Bytes?.Length ?? 0;
        }
    }

    private sealed record Copy(DateTimeOffset Modified, long Length, byte[]? Bytes)
    {
        public bool IsOf(IFileInfo file) => Modified == file.LastModified && Length == file.Length;
    }
}
