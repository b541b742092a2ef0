using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>Refusals that several formats share.</summary>
internal static class FormatFaults
{
    public static Fault NotUtf8(FaultKind kind, string what, ReadOnlySpan<byte> body) => new(kind,
        BodyLooks.LikeUtf16(body)
            ? $"The {what} is UTF-16. Save and send it as UTF-8."
            : $"The {what} is not UTF-8. Save and send it as UTF-8.");

    public static Fault OneOnly(FaultKind kind, string what) => new(kind,
        $"The body has more than one {what}, and this endpoint takes one at a time. Send one; or, to take lists, give "
        + "the endpoint a schema with `type: array` and `items: {type: object}`.");

    public static Fault TooManyItems(int limit) => new(FaultCatalogue.LimitExceeded,
        $"The body has more than {limit} items. The limit is set by `limits.items`.")
    {
        Limit = new LimitFault("limits.items", limit),
    };
}
