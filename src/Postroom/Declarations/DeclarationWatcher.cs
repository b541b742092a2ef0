using System.Security.Cryptography;
using Postroom.Declarations.Loading;

namespace Postroom.Declarations;

/// <summary>
/// Loads a declaration again when one of its files has changed. Editors save in several steps, so a change counts once
/// nothing has moved for a moment; and only a change of content counts, or one that mends a fault, such as a new
/// folder.
/// </summary>
internal sealed class DeclarationWatcher : IDisposable
{
    /// <summary>How long nothing must move before files are read again.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>Loads in a row while the list of files itself changes.</summary>
    private const int LoadsMax = 3;

    private readonly string _path;
    private readonly DeclarationContext _context;
    private readonly IFolderWatch _folders;
    private readonly Action<DeclarationResult> _changed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private IReadOnlyList<string> _files = [];
    private byte[] _content = [];
    private IReadOnlyList<DeclarationFault> _faults = [];
    private IDisposable? _watch;
    private bool _disposed;

    /// <param name="path">The file, or its folder.</param>
    /// <param name="context">What it is read in.</param>
    /// <param name="folders">Says when to look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">
    /// Gets each result after the first, one at a time; a faulty one too, whose faults are to be shown while the
    /// declaration before it stays. It must not throw.
    /// </param>
    public DeclarationWatcher(
        string path, DeclarationContext context, IFolderWatch folders, TimeProvider time,
        Action<DeclarationResult> changed)
    {
        _path = path;
        _context = context;
        _folders = folders;
        _changed = changed;
        _timer = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Loads for the first time and begins to watch, so that no change between the two is missed.</summary>
    public DeclarationResult Start()
    {
        lock (_lock)
        {
            return Load();
        }
    }

    /// <summary>Stops; no result follows.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watch?.Dispose();
            _timer.Dispose();
        }
    }

    private void Settle()
    {
        lock (_lock)
        {
            var isSame = ContentOf(_files).AsSpan().SequenceEqual(_content);
            if (_disposed || (isSame && _faults.Count == 0))
            {
                return;
            }

            var faults = _faults;
            var result = Load();
            if (!isSame || !result.Faults.SequenceEqual(faults))
            {
                _changed(result);
            }
        }
    }

    /// <summary>
    /// The content is hashed before it is loaded: what changes in between is seen as a change at the next look. A
    /// load that names other files is done again with those watched.
    /// </summary>
    private DeclarationResult Load()
    {
        for (var attempt = 1; ; attempt++)
        {
            _content = ContentOf(_files);
            var result = DeclarationLoader.Load(_path, _context);
            _faults = result.Faults;
            if (result.Files.SequenceEqual(_files) || attempt == LoadsMax)
            {
                return result;
            }

            _files = result.Files;
            _watch?.Dispose();
            _watch = _folders.Watch([.. _files.Select(file => Path.GetDirectoryName(file)!).Distinct()], Touched);
        }
    }

    /// <summary>Without the lock: a watch may wait for this while it is disposed.</summary>
    private void Touched() => _timer.Change(Quiet, Timeout.InfiniteTimeSpan);

    private static byte[] ContentOf(IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            var bytes = SourceFile.Read(file, out _);
            hash.AppendData(BitConverter.GetBytes(bytes?.Length ?? -1));
            hash.AppendData(bytes ?? []);
        }

        return hash.GetHashAndReset();
    }
}
