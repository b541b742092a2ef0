using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Writing;

namespace Postroom.Sqlite.Keys;

/// <summary>Writes frozen generations to their files in the background, and has each recorded by the writer.</summary>
internal sealed class KeySealer(
    string folder,
    KeyIndex keys,
    Func<Func<WriterSession, object>, Task<object?>> record,
    IStoreProbe? probe,
    ILogger logger)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Ends when nothing is being written.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Goes to work unless it is at work, and looks again when it is.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            // The chain is as long as the generations that wait: one, nearly always.
            _running = SealAfterAsync(_running);
        }
    }

    private async Task SealAfterAsync(Task before)
    {
        await before;
        try
        {
            foreach (var frozen in keys.Older.OfType<FrozenKeys>().Reverse())
            {
                await SealAsync(frozen);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KeyFileException)
        {
            // The keys stay in memory, where they are as good, and are tried again with the next generation.
            Log.KeysNotSealed(logger, failure);
        }
    }

    private async Task SealAsync(FrozenKeys frozen)
    {
        // A thread of its own: a million keys take a good part of a second to sort and write.
        var facts = await Task.Factory.StartNew(
            () => KeyFileWriter.Write(folder, frozen),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (await record(session => session.RecordGeneration(facts)) is not null)
        {
            keys.Replace(frozen, SealedKeys.Open(folder, facts));
            probe?.Reached(StorePoints.GenerationSealed);
        }
    }
}
