using Postroom.Faults;

namespace Postroom.Parsing.Decoding;

/// <summary>What can be wrong with a compressed body, each worded once.</summary>
internal static class CodingFaults
{
    public static BodyException CutOff() => new(new Fault(
        FaultCatalogue.IncompleteBody, "The compressed body ends too early. Nothing was stored; send it again.")
    {
        ClosesConnection = true,
    });

    public static BodyException Damaged(string coding) => Malformed(
        $"The body is not what `Content-Encoding: {coding}` says, or was damaged on its way. "
        + "Compress it anew, or send it without `Content-Encoding`.");

    public static BodyException NotZlib() => Malformed(
        "`Content-Encoding: deflate` means the zlib format (RFC 1950), and the body is not in it. "
        + "A raw deflate stream lacks its header: use gzip, or in .NET ZLibStream in place of DeflateStream.");

    public static BodyException MoreFollows(string coding) => Malformed(
        $"Bytes follow the end of the {coding} stream. Send one {coding} stream and nothing after it.");

    public static BodyException WindowTooLarge() => Malformed(
        "The br stream needs a window of more than 4 MiB. Compress it with a window of 22 bits (lgwin) or less.");

    public static BodyException HeaderTooLong(int limit) => Malformed(
        $"The header of the gzip stream is longer than {limit} bytes. "
        + "Leave names, comments and extra fields out of it.");

    private static BodyException Malformed(string message) =>
        new(new Fault(FaultCatalogue.MalformedCoding, message) { ClosesConnection = true });
}
