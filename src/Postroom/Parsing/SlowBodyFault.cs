using System.Globalization;
using Postroom.Declarations;
using Postroom.Declarations.Loading;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>The refusals of a body that keeps the server waiting.</summary>
internal static class SlowBodyFault
{
    public static Fault Time(LimitsDeclaration limits) => Refuse(
        "limits.bodyTime",
        (long)limits.BodyTime.TotalSeconds,
        $"The body did not come within {DurationText.Write(limits.BodyTime)} and was given up.");

    public static Fault Rate(LimitsDeclaration limits) => Refuse(
        "limits.minimumRate",
        limits.MinimumRate ?? 0,
        string.Create(CultureInfo.InvariantCulture, $"The body came with less than {limits.MinimumRate:N0} bytes a ")
            + $"second, by more than {DurationText.Write(limits.MinimumRateGrace)}, and was given up.");

    private static Fault Refuse(string name, long value, string message) => new(
        FaultCatalogue.BodyTooSlow, message + " Nothing was stored; send it again.")
    {
        Limit = new LimitFault(name, value),
        ClosesConnection = true,
    };
}
