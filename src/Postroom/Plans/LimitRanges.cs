using System.Globalization;
using Postroom.Declarations;

namespace Postroom.Plans;

/// <summary>
/// Between what a limit that code declares must lie. What a file says was judged with its lines, by the same bounds or
/// narrower ones.
/// </summary>
internal sealed class LimitRanges(string place, List<DeclarationFault> faults)
{
    public void Judge(LimitsDeclaration limits)
    {
        Within("body", limits.Body, 1, LimitBounds.BodyMost);
        Within("decodedBody", limits.DecodedBody, 1, LimitBounds.BodyMost);
        Within("ratio", limits.Ratio, 1, 1_000_000);
        Within("bodyTime", limits.BodyTime, LimitBounds.TimeLeast, LimitBounds.BodyTimeMost);
        Within("minimumRate", limits.MinimumRate, 1, LimitBounds.BodyMost);
        Within("minimumRateGrace", limits.MinimumRateGrace, LimitBounds.TimeLeast, LimitBounds.TimeMost);
        Within("fields", limits.Fields, 1, 100_000);
        Within("name", limits.Name, 1, LimitBounds.NameMost);
        Within("value", limits.Value, 1, LimitBounds.BodyMost);
        Within("depth", limits.Depth, 1, 64);
        Within("index", limits.Index, 0, 100_000);
        Within("items", limits.Items, 1, 100_000);
        Within("file", limits.File, 1, LimitBounds.FileMost);
        Within("files", limits.Files, 0, 1000);
        Within("parts", limits.Parts, 1, 100_000);
        Within("rate", limits.Rate, 1, int.MaxValue);
        Within("keys", limits.Keys, 1, int.MaxValue);
        Within("uploadAge", limits.UploadAge, LimitBounds.TimeLeast, LimitBounds.UploadAgeMost);
        Within("openUploads", limits.OpenUploads, 1, 10_000);
        Within("callerBytes", limits.CallerBytes, 1, LimitBounds.StoredMost);
        Within("endpointBytes", limits.EndpointBytes, 1, LimitBounds.StoredMost);
    }

    public void Judge(ServerLimitsDeclaration limits)
    {
        Within("connections", limits.Connections, 1, 1_000_000);
        Within("idleTime", limits.IdleTime, LimitBounds.TimeLeast, LimitBounds.TimeMost);
        Within("headerTime", limits.HeaderTime, LimitBounds.TimeLeast, LimitBounds.TimeMost);
        Within("requestLine", limits.RequestLine, LimitBounds.RequestLineLeast, LimitBounds.RequestLineMost);
        Within("headers", limits.Headers, 10, 10_000);
        Within("headerBytes", limits.HeaderBytes, LimitBounds.HeaderBytesLeast, LimitBounds.HeaderBytesMost);
        Within("bodyMemory", limits.BodyMemory, 1, LimitBounds.MemoryMost);
        Within("diskReserve", limits.DiskReserve, 0, LimitBounds.StoredMost);
        Within("queue", limits.Queue, 1, 1_000_000);
        Within("queueBytes", limits.QueueBytes, 1, LimitBounds.MemoryMost);
        Within("streams", limits.Streams, 1, 1_000_000);
        Within("streamsPerClient", limits.StreamsPerClient, 1, 1_000_000);
    }

    private void Within(string name, long? value, long least, long most)
    {
        if (value < least || value > most)
        {
            Fault(name, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}, not {value}"));
        }
    }

    private void Within(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Fault(name, string.Create(
                CultureInfo.InvariantCulture,
                $"{least.TotalSeconds} to {most.TotalSeconds} seconds, not {value.TotalSeconds}"));
        }
    }

    private void Fault(string name, string range) =>
        faults.Add(new DeclarationFault(place, 0, 0, $"limits.{name} must be {range}."));
}
