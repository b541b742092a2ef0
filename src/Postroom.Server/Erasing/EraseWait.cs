using Postroom.Server.Backups;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Erasing;
using Postroom.Storage;

namespace Postroom.Server.Erasing;

/// <summary>Gives an order to the server that runs, and waits until it is carried out.</summary>
internal sealed class EraseWait(string data, TimeProvider time, ProgressLine progress)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may take to begin; it looks every second.</summary>
    private static readonly TimeSpan s_takenWithin = TimeSpan.FromSeconds(30);

    private readonly OrderFolder _folder = new(data);
    private readonly EntryIdSource _ids = new(time, EntropySource.System);

    /// <exception cref="CommandException">The server does not take orders, or stopped before the end.</exception>
    public async Task<EraseReceipt> RunAsync(EraseOrder order)
    {
        if (!_folder.Exists)
        {
            throw Unanswered();
        }

        var name = _folder.Place(_ids.Next(), order);
        var placed = time.GetTimestamp();
        var looked = placed;
        while (true)
        {
            if (_folder.TakeReceipt(name) is { } receipt)
            {
                progress.End();
                return receipt;
            }

            if (_folder.ProgressOf(name) is { } far)
            {
                progress.Report("Erasing", far.Done, far.Total, isBytes: false);
            }

            // Not at every turn: to look is to hold the lock for a moment, and a server may be about to take it.
            var hasStopped = time.GetElapsedTime(looked) > s_look && !DataFolder.IsTaken(data);
            looked = time.GetElapsedTime(looked) > s_look ? time.GetTimestamp() : looked;
            if (hasStopped)
            {
                throw new CommandException(
                    "The server has stopped before everything was erased. It goes on at its next start; or run this "
                    + "command again now.");
            }

            if (time.GetElapsedTime(placed) > s_takenWithin && _folder.TryWithdraw(name))
            {
                throw Unanswered();
            }

            await Task.Delay(s_poll, time);
        }
    }

    private CommandException Unanswered() => new(
        $"The server that uses {data} does not answer; it may be of an older version. Nothing was erased. Stop it, run "
        + "this command, and start it again.");
}
