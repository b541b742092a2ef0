using System.Globalization;
using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>The refusal of a body that is too large, whether its length said so or its bytes did.</summary>
internal static class BodyLimit
{
    public static Fault Exceeded(long limit, long? length) => new(
        FaultCatalogue.BodyTooLarge,
        length is { } known
            ? string.Create(CultureInfo.InvariantCulture,
                $"The body has {known:N0} bytes; at most {limit:N0} are taken here. Send less.")
            : string.Create(CultureInfo.InvariantCulture, $"The body has more than {limit:N0} bytes. Send less."))
    {
        Limit = new LimitFault("limits.body", limit),
        ClosesConnection = true,
    };
}
