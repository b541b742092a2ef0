using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>What the server found wrong with the framing while the body came.</summary>
internal static class FramingFault
{
    public static Fault From(BadHttpRequestException exception, long limit) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => BodyLimit.Exceeded(limit, null),
        StatusCodes.Status408RequestTimeout => new Fault(
            FaultCatalogue.BodyTooSlow, "The body came too slowly and was given up. Nothing was stored; send it again.")
        {
            ClosesConnection = true,
        },
        _ when exception.Message.Contains("end of request content", StringComparison.OrdinalIgnoreCase) => CutOff(),
        _ => Malformed(),
    };

    public static Fault Malformed() => new(
        FaultCatalogue.MalformedRequest, "The framing of the body breaks the rules of HTTP.")
    {
        ClosesConnection = true,
    };

    public static Fault CutOff() => new(
        FaultCatalogue.IncompleteBody, "The body was cut off before its end. Nothing was stored; send it again.")
    {
        ClosesConnection = true,
    };
}
