using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Postroom.Plans;

namespace Postroom.Hosting;

internal sealed class TypedFollowUp<T>(JsonTypeInfo<T> type, Func<T, IPostJob, CancellationToken, ValueTask> work)
    : IPostFollowUp
{
    public ValueTask RunAsync(ReadOnlyMemory<byte> document, IPostJob job, CancellationToken cancel) =>
        work(JsonSerializer.Deserialize(document.Span, type)!, job, cancel);
}
