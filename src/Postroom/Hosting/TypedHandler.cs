using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Postroom.Plans;

namespace Postroom.Hosting;

internal sealed class TypedHandler<T>(JsonTypeInfo<T> type, Func<T, IPostUnit, CancellationToken, ValueTask> handler)
    : IPostHandler
{
    public ValueTask RunAsync(IPostUnit unit, CancellationToken cancel) =>
        handler(JsonSerializer.Deserialize(unit.Document.Span, type)!, unit, cancel);
}
