using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>retention</c> and <c>quarantine</c>.</summary>
internal static class RetentionReader
{
    private const string Forever = "forever";
    private const long SizeMin = 1_000_000;

    /// <summary>The age; null keeps for ever.</summary>
    public static TimeSpan? Age(LoadScope scope, SourceMapping holder, TimeSpan? otherwise)
    {
        if (holder.Mapping("retention") is not { } mapping || mapping.Text("age") is not { } age)
        {
            return otherwise;
        }

        return age.Text == Forever
            ? null
            : new MeasureReader(scope, mapping).Duration("age", TimeSpan.FromMinutes(1), TimeSpan.FromDays(36_525));
    }

    /// <summary>How long refused POSTs are kept; zero for not at all.</summary>
    public static TimeSpan Quarantine(LoadScope scope, SourceMapping holder, TimeSpan otherwise) =>
        new MeasureReader(scope, holder).Duration(
            "quarantine", TimeSpan.FromHours(1), TimeSpan.FromDays(90), canBeOff: true) ?? otherwise;

    /// <summary>The size; null for no bound.</summary>
    public static long? Size(LoadScope scope, SourceMapping holder) =>
        holder.Mapping("retention") is { } mapping
            ? new MeasureReader(scope, mapping).Size("size", SizeMin, 1_000_000_000_000_000)
            : null;
}
