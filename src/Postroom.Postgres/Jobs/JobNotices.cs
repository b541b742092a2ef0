using Microsoft.Extensions.Logging;
using Postroom.Postgres.Writing;

namespace Postroom.Postgres.Jobs;

/// <summary>
/// Tells the other nodes that there are jobs: a hint, given after the commit and outside of its transaction, and for
/// many jobs at once where they come fast. Who misses it finds them when it looks.
/// </summary>
internal sealed class JobNotices(Database database, int node, ILogger logger) : IAsyncDisposable
{
    /// <summary>One for all stores of a database: a schema's own name could be too long for one.</summary>
    public const string Channel = "postroom_jobs";

    private const string Tell = "SELECT pg_notify($1, $2)";
    private const int Idle = 0;
    private const int Telling = 1;
    private const int Asked = 2;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly string _payload = Payload(database.Schema, node);
    private readonly CancellationTokenSource _closing = new();
    private Task _telling = Task.CompletedTask;
    private int _state;

    /// <summary>What a node tells, by which it knows itself again.</summary>
    public static string Payload(string schema, int node) => $"{schema}:{node}";

    /// <summary>Never waits.</summary>
    public void Raise()
    {
        if (Interlocked.Exchange(ref _state, Asked) == Idle && !_closing.IsCancellationRequested)
        {
            _telling = Task.Run(TellAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _telling;
        _closing.Dispose();
    }

    private async Task TellAsync()
    {
        try
        {
            do
            {
                Volatile.Write(ref _state, Telling);
                await database.ExecuteAsync(
                    Tell, _closing.Token, Parameters.Text(Channel), Parameters.Text(_payload));
                // The machine's time, not the injected clock's: it spares the network.
                await Task.Delay(s_pause, _closing.Token);
            }
            while (Interlocked.CompareExchange(ref _state, Idle, Telling) != Telling);
        }
        catch (Exception failure) when (Failures.Kind(failure) is not null || failure is OperationCanceledException)
        {
            Volatile.Write(ref _state, Idle);
            if (!_closing.IsCancellationRequested)
            {
                Log.NoticeFailed(logger, failure);
            }
        }
    }
}
