using System.Text.Json;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Reads those <c>limits</c> that count for the whole server, which the schema marks with <c>"x-scope": "server"</c>.
/// </summary>
internal static class ServerLimitsReader
{
    private const long MemoryLeast = 1_000_000;

    public static ServerLimitsDeclaration Read(LoadScope scope, SourceMapping root)
    {
        var otherwise = new ServerLimitsDeclaration();
        if (root.Mapping("limits") is not { } mapping)
        {
            return otherwise;
        }

        var measures = new MeasureReader(scope, mapping);
        return new()
        {
            Connections = mapping.Count("connections") ?? otherwise.Connections,
            IdleTime = measures.Duration("idleTime", LimitBounds.TimeLeast, LimitBounds.TimeMost) ?? otherwise.IdleTime,
            HeaderTime = measures.Duration("headerTime", LimitBounds.TimeLeast, LimitBounds.TimeMost)
                ?? otherwise.HeaderTime,
            RequestLine = (int?)measures.Size(
                "requestLine", LimitBounds.RequestLineLeast, LimitBounds.RequestLineMost) ?? otherwise.RequestLine,
            Headers = mapping.Count("headers") ?? otherwise.Headers,
            HeaderBytes = (int?)measures.Size(
                "headerBytes", LimitBounds.HeaderBytesLeast, LimitBounds.HeaderBytesMost) ?? otherwise.HeaderBytes,
            BodyMemory = measures.Size("bodyMemory", MemoryLeast, LimitBounds.MemoryMost) ?? otherwise.BodyMemory,
            DiskReserve = measures.Size("diskReserve", 0, LimitBounds.StoredMost) ?? otherwise.DiskReserve,
            Queue = mapping.Count("queue") ?? otherwise.Queue,
            Streams = mapping.Count("streams") ?? otherwise.Streams,
            StreamsPerClient = mapping.Count("streamsPerClient") ?? otherwise.StreamsPerClient,
            QueueBytes = measures.Size("queueBytes", MemoryLeast, LimitBounds.MemoryMost) ?? otherwise.QueueBytes,
        };
    }

    /// <summary>Faults them where they would have no effect.</summary>
    public static void RefuseIn(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Mapping("limits") is not { } mapping)
        {
            return;
        }

        foreach (var entry in mapping.Entries.Values.Where(entry => IsOfServer(entry.Key)))
        {
            scope.Fault(entry.KeyPlace, $"`{entry.Key}` counts for the whole server. Write it under the `limits` of "
                + "the whole file, beside `endpoints`.");
        }
    }

    private static bool IsOfServer(string key)
    {
        var limit = DeclarationSchema.Root.Property("limits")?.Schema.Property(key)?.Schema;
        if (limit?.Extension("x-scope") is not { } json)
        {
            return false;
        }

        using var scope = JsonDocument.Parse(json);
        return scope.RootElement.ValueEquals("server");
    }
}
