using System.Globalization;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>The refusals of a body that is too large, whether its length said so or its bytes did.</summary>
internal static class BodyLimit
{
    public static Fault Exceeded(long limit, long? length) => Refuse(
        "limits.body",
        limit,
        length is { } known
            ? string.Create(CultureInfo.InvariantCulture,
                $"The body has {known:N0} bytes; at most {limit:N0} are taken here. Send less.")
            : string.Create(CultureInfo.InvariantCulture, $"The body has more than {limit:N0} bytes. Send less."));

    /// <summary>A body of which the headers say that it is too large, even with as many files as may come.</summary>
    public static Fault Exceeded(LimitsDeclaration limits, long limit, long length) => limit == limits.Body
        ? Exceeded(limit, length)
        : Refuse("limits.file", limits.File, string.Create(CultureInfo.InvariantCulture,
            $"The form has {length:N0} bytes; taken are at most {limits.Files} files of {limits.File:N0} bytes each. ")
            + "Send less.");

    /// <summary>A compressed body that becomes too large when it is decoded.</summary>
    public static Fault DecodedExceeded(long limit) => Refuse(
        "limits.decodedBody",
        limit,
        string.Create(CultureInfo.InvariantCulture,
            $"The compressed body has more than {limit:N0} bytes when it is decoded. Send less."));

    /// <summary>A compressed body that swells beyond what messages do.</summary>
    public static Fault RatioExceeded(long limit) => Refuse(
        "limits.ratio",
        limit,
        string.Create(CultureInfo.InvariantCulture,
            $"The compressed body becomes more than {limit:N0} times as large when it is decoded. ")
            + "Send it without `Content-Encoding`.");

    private static Fault Refuse(string name, long limit, string message) => new(FaultCatalogue.BodyTooLarge, message)
    {
        Limit = new LimitFault(name, limit),
        ClosesConnection = true,
    };
}
