using System.Runtime.InteropServices;

namespace Postroom.Server.Commands;

/// <summary>
/// SIGTERM and SIGINT begin the drain: the sockets close, what runs is finished, the store is closed last. A second
/// signal ends the process at once.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, Stop));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void Stop(PosixSignalContext context)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Cancel = true;
            lifetime.StopApplication();
        }
    }
}
