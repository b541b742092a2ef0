using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Parsing;
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

    /// <summary>
    /// Keeps files in the store that the factory opens, instead of the one beside the entries. The last call counts.
    /// </summary>
    public PostroomBuilder UseFiles(Func<IServiceProvider, IFileStoreFactory> factory)
    {
        Services.AddSingleton(factory);
        return this;
    }

    /// <summary>
    /// Adds a format of bodies. Endpoints that name it in <c>formats</c> take it; its name must differ from all others.
    /// </summary>
    public PostroomBuilder AddBodyFormat<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFormat>()
        where TFormat : class, IBodyFormat
    {
        Services.AddSingleton<IBodyFormat, TFormat>();
        return this;
    }

    /// <summary>Keeps everything in memory: for tests and for trying out. Nothing survives the process.</summary>
    public PostroomBuilder UseMemoryStore() => UseStore(services => new MemoryStoreFactory(
        services.GetRequiredService<TimeProvider>(), services.GetRequiredService<EntropySource>()));
}
