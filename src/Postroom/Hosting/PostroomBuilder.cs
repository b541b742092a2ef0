using Microsoft.Extensions.DependencyInjection;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Adds the parts that Postroom leaves to choose: the store above all.</summary>
public sealed class PostroomBuilder
{
    internal PostroomBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Takes the store that the factory opens. The last call counts.</summary>
    public PostroomBuilder UseStore(Func<IServiceProvider, IStoreFactory> factory)
    {
        Services.AddSingleton(factory);
        return this;
    }

    /// <summary>Keeps everything in memory: for tests and for trying out. Nothing survives the process.</summary>
    public PostroomBuilder UseMemoryStore() => UseStore(services => new MemoryStoreFactory(
        services.GetRequiredService<TimeProvider>(), services.GetRequiredService<EntropySource>()));
}
