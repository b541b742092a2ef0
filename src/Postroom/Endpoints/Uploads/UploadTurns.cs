using System.Collections.Concurrent;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Gives uploads to requests of this process, the newest first: it ends the one before and waits for what that one
/// still makes durable, for a second at most, so that a client which vanished never keeps the next one waiting.
/// </summary>
internal sealed class UploadTurns(TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<EntryId, UploadTurn> _turns = new();

    /// <summary>True while a request of this process is with the upload.</summary>
    public bool IsTaken(EntryId upload) => _turns.ContainsKey(upload);

    public async ValueTask<UploadTurn> TakeAsync(EntryId upload)
    {
        var turn = new UploadTurn(left => _turns.TryRemove(KeyValuePair.Create(upload, left)));
        UploadTurn? before = null;
        _turns.AddOrUpdate(upload, turn, (_, known) =>
        {
            before = known;
            return turn;
        });
        if (before is null)
        {
            return turn;
        }

        before.Interrupt();
        try
        {
            await before.Ended.WaitAsync(s_patience, time);
            turn.IsAlone = before.IsAlone;
        }
        catch (TimeoutException)
        {
            turn.IsAlone = false;
        }

        return turn;
    }
}
