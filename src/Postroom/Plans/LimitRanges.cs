using System.Globalization;
using Postroom.Declarations;

namespace Postroom.Plans;

/// <summary>
/// Between what a limit that code declares must lie. What a file says was judged with its lines, by the same bounds or
/// narrower ones.
/// </summary>
internal sealed class LimitRanges(string place, List<DeclarationFault> faults)
{
    private const long BodyMost = 100_000_000;
    private const long MemoryMost = 100_000_000_000;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public void Judge(LimitsDeclaration limits)
    {
        Within("body", limits.Body, 1, BodyMost);
        Within("decodedBody", limits.DecodedBody, 1, BodyMost);
        Within("ratio", limits.Ratio, 1, 1_000_000);
        Within("bodyTime", limits.BodyTime, s_second, TimeSpan.FromDays(1));
        Within("minimumRate", limits.MinimumRate, 1, BodyMost);
        Within("minimumRateGrace", limits.MinimumRateGrace, s_second, s_hour);
        Within("fields", limits.Fields, 1, 100_000);
        Within("name", limits.Name, 1, 64_000);
        Within("value", limits.Value, 1, BodyMost);
        Within("depth", limits.Depth, 1, 64);
        Within("index", limits.Index, 0, 100_000);
        Within("items", limits.Items, 1, 100_000);
        Within("file", limits.File, 1, 10_000_000_000);
        Within("files", limits.Files, 0, 1000);
        Within("parts", limits.Parts, 1, 100_000);
        Within("rate", limits.Rate, 1, int.MaxValue);
        Within("keys", limits.Keys, 1, int.MaxValue);
    }

    public void Judge(ServerLimitsDeclaration limits)
    {
        Within("connections", limits.Connections, 1, 1_000_000);
        Within("idleTime", limits.IdleTime, s_second, s_hour);
        Within("headerTime", limits.HeaderTime, s_second, s_hour);
        Within("requestLine", limits.RequestLine, 256, 64_000);
        Within("headers", limits.Headers, 10, 10_000);
        Within("headerBytes", limits.HeaderBytes, 1000, 512_000);
        Within("bodyMemory", limits.BodyMemory, 1, MemoryMost);
        Within("queue", limits.Queue, 1, 1_000_000);
        Within("queueBytes", limits.QueueBytes, 1, MemoryMost);
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
