using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads sizes, durations and rates of a mapping within bounds; what does not fit becomes a fault.</summary>
internal sealed class MeasureReader(LoadScope scope, SourceMapping mapping)
{
    public const string Off = "off";

    /// <summary>A size in bytes: a number, or a text such as <c>1MB</c>.</summary>
    public long? Size(string key, long minimum, long maximum)
    {
        if (mapping.Find(key)?.Value is not SourceScalar { Kind: ScalarKind.String or ScalarKind.Number } value)
        {
            return null;
        }

        if (ByteSize.Parse(value.Text) is not { } bytes)
        {
            scope.Fault(value, $"`{key}` is not a size: `{Excerpt.Of(value.Text)}`. Write `1MB` (1,000,000 bytes), "
                + "`1MiB` (1,048,576 bytes) or the number of bytes.");
            return null;
        }

        if (bytes >= minimum && bytes <= maximum)
        {
            return bytes;
        }

        scope.Fault(value, $"`{key}` must be {ByteSize.Write(minimum)} to {ByteSize.Write(maximum)}.");
        return null;
    }

    /// <summary>
    /// A size; null for <c>off</c>, <paramref name="otherwise"/> where the key is absent or faulty.
    /// </summary>
    public int? SizeOrOff(string key, int minimum, int maximum, int? otherwise) =>
        mapping.Text(key)?.Text == Off ? null : (int?)Size(key, minimum, maximum) ?? otherwise;

    /// <summary>A duration; zero for <c>off</c> where <paramref name="canBeOff"/>.</summary>
    public TimeSpan? Duration(string key, TimeSpan minimum, TimeSpan maximum, bool canBeOff = false)
    {
        if (mapping.Text(key) is not { } value)
        {
            return null;
        }

        if (canBeOff && value.Text == Off)
        {
            return TimeSpan.Zero;
        }

        if (DurationText.Parse(value.Text) is not { } duration)
        {
            scope.Fault(value, $"`{key}` is not a duration: `{Excerpt.Of(value.Text)}`. Write a whole number and `s`, "
                + $"`m`, `h`, `d` or `w`, such as `10s` or `24h`{(canBeOff ? ", or `off`" : "")}.");
            return null;
        }

        if (duration >= minimum && duration <= maximum)
        {
            return duration;
        }

        scope.Fault(value, $"`{key}` must be {DurationText.Write(minimum)} to {DurationText.Write(maximum)}.");
        return null;
    }

    /// <summary>A rate; null for <c>off</c>, <paramref name="otherwise"/> where the key is absent or faulty.</summary>
    public int? Rate(string key, TimeSpan period, string unit, int? otherwise)
    {
        if (mapping.Text(key) is not { } value)
        {
            return otherwise;
        }

        if (value.Text == Off)
        {
            return null;
        }

        if (RateText.Parse(value.Text, period) is { } rate)
        {
            return rate;
        }

        scope.Fault(value, $"`{key}` is not a rate: `{Excerpt.Of(value.Text)}`. Write a whole number and `/{unit}`, "
            + $"such as `30/{unit}`, or `off`.");
        return otherwise;
    }
}
