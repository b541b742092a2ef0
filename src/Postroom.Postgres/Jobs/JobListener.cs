using Microsoft.Extensions.Logging;
using Npgsql;
using Postroom.Postgres.Writing;

namespace Postroom.Postgres.Jobs;

/// <summary>
/// Hears of the jobs of other nodes, on a connection of its own that is opened again whenever it is lost.
/// </summary>
internal sealed class JobListener(NpgsqlDataSource source, string schema, int node, ILogger logger) : IAsyncDisposable
{
    private const int PauseMinMs = 100;
    private const int PauseMaxMs = 10_000;

    private readonly CancellationTokenSource _closing = new();
    private readonly string _own = JobNotices.Payload(schema, node);
    private readonly string _others = $"{schema}:";
    private Task _listening = Task.CompletedTask;

    /// <summary>Begins to listen; may be called once.</summary>
    /// <param name="hint">
    /// Called when another node may have jobs, and whenever a connection begins to listen: nobody knows what it missed.
    /// </param>
    public void Start(Action hint) => _listening = Task.Run(() => ListenAsync(hint));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _listening;
        _closing.Dispose();
        await source.DisposeAsync();
    }

    private async Task ListenAsync(Action hint)
    {
        // The machine's time, not the injected clock's: it spares the network.
        var pause = PauseMinMs;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(_closing.Token);
                await ListenAsync(connection, hint, () => pause = PauseMinMs);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (Failures.Kind(failure) is not null)
            {
                Log.ListenerLost(logger, failure);
                Database.Forget(source);
            }

            await Task.Delay(pause, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = Math.Min(pause * 2, PauseMaxMs);
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, Action hint, Action begun)
    {
        connection.Notification += (_, notice) =>
        {
            if (notice.Payload != _own && notice.Payload.StartsWith(_others, StringComparison.Ordinal))
            {
                hint();
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {JobNotices.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(_closing.Token);
        }

        begun();
        hint();
        while (true)
        {
            await connection.WaitAsync(_closing.Token);
        }
    }
}
