using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Crash.Host;

/// <summary>Opens the embedded store as the crash runs need it.</summary>
internal static class OpenStore
{
    /// <summary>Small generations, so that a run of some hundred keys seals several of them.</summary>
    private const int GenerationKeysMax = 128;

    /// <summary>And small logs, so that it has many checkpoints.</summary>
    private const long CheckpointBytes = 256 * 1024;

    public static async Task<IPostStore> At(string folder, IStoreProbe? probe)
    {
        var options = new SqliteStoreOptions
        {
            Folder = folder,
            GenerationKeysMax = GenerationKeysMax,
            CheckpointBytes = CheckpointBytes,
            Probe = probe,
        };
        return await SqlitePostStore.OpenAsync(options, TimeProvider.System, EntropySource.System, NullLogger.Instance);
    }
}
