using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Postroom.Hosting;

/// <summary>Finds how a type is read in the JSON options of the host, without reflection of ours.</summary>
internal static class ConfiguredTypes
{
    public static JsonTypeInfo<T> Find<T>(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return options.TypeInfoResolver?.GetTypeInfo(typeof(T), options) as JsonTypeInfo<T>
            ?? throw new InvalidOperationException(
                $"No JSON contract for {typeof(T)}. Add it to a JsonSerializerContext and that to the host's JSON "
                + "options (ConfigureHttpJsonOptions), or pass its JsonTypeInfo to MapForm.");
    }
}
