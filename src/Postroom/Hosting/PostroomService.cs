using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Postroom.Delivery;
using Postroom.Endpoints.Resources.Changes;
using Postroom.Exchange;

namespace Postroom.Hosting;

/// <summary>
/// Opens the store and puts the declaration in force before the host listens; closes the store after the last answer
/// is out.
/// </summary>
internal sealed class PostroomService(
    IServiceProvider services, StoreHost stores, DeclarationHost declarations, BodyMemory memory, StreamSlots streams,
    IHostApplicationLifetime lifetime)
    : IHostedLifecycleService
{
    private readonly List<IHostedService> _workers = [];
    private CancellationTokenRegistration _poisoned;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        declarations.Start();
        memory.Max = declarations.Declaration.Limits.BodyMemory;
        streams.Max = declarations.Declaration.Limits.Streams;
        streams.MaxOfClient = declarations.Declaration.Limits.StreamsPerClient;
        services.GetService<KestrelLimits>()?.Apply(declarations.Declaration.Limits);
        await stores.OpenAsync(declarations.Declaration, cancellationToken);
        try
        {
            await declarations.PrepareAsync(cancellationToken);
        }
        catch
        {
            await stores.CloseAsync();
            throw;
        }

        _poisoned = stores.Posts.Poisoned.Register(lifetime.StopApplication);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _workers.Add(services.GetRequiredService<JobWorker>());
        _workers.Add(services.GetRequiredService<PurgeWorker>());
        if (stores.Worker is { } own)
        {
            _workers.Add(own);
        }

        foreach (var worker in _workers)
        {
            await worker.StartAsync(cancellationToken);
        }

        stores.Posts.WhenJobsCome(services.GetRequiredService<IJobSignal>().Ready);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _poisoned.DisposeAsync();
        foreach (var worker in _workers)
        {
            await worker.StopAsync(cancellationToken);
        }

        await stores.CloseAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
