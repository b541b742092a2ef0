using System.Globalization;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans.Uploads;
using Postroom.Storage;

namespace Postroom.Exchange.Uploads;

/// <summary>The refusals of uploads, each worded once.</summary>
internal static class UploadFaults
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    public static Fault NotFound { get; } = new(FaultCatalogue.NotFound,
        "There is no upload at this address. Check it for a slip, or begin a new one.");

    public static Fault Gone { get; } = new(UploadKinds.Gone,
        "This upload has ended: it was cancelled or refused, or it took too long. Begin a new one.");

    public static Fault Expired(TimeSpan age) =>
        Gone with { Limit = new LimitFault("limits.uploadAge", (long)age.TotalSeconds) };

    public static Fault Interrupted { get; } = new(UploadKinds.Interrupted,
        "Another request for this upload came meanwhile, and the newest one counts. Ask with HEAD where it stands, and "
        + "go on from there.")
    {
        RetryAfter = s_soon,
        ClosesConnection = true,
    };

    public static Fault Completed { get; } = new(UploadKinds.Completed,
        "All bytes of this upload are there already. Nothing can be added.");

    public static Fault DigestMismatch { get; } = new(UploadKinds.DigestMismatch,
        "The bytes do not have the digest that the request names, so something on the way changed them. They were not "
        + "taken; send them again.");

    public static Fault ChecksumMismatch { get; } = new(UploadKinds.ChecksumMismatch,
        "The bytes do not have the checksum that `Upload-Checksum` names. They were not taken; send them again.");

    public static Fault Offset(long expected, long provided) => new(UploadKinds.OffsetMismatch,
        Text($"The upload stands at {expected}, not at {provided}. Go on from {expected}."))
    {
        Members = [new("expected-offset", expected), new("provided-offset", provided)],
    };

    public static Fault Length(string message) => new(UploadKinds.InconsistentLength, message)
    {
        ClosesConnection = true,
    };

    public static Fault TooLarge(long limit) => new(FaultCatalogue.FileTooLarge,
        Text($"The file has more than {limit:N0} bytes. Send a smaller one."))
    {
        Limit = new LimitFault("limits.file", limit),
        ClosesConnection = true,
    };

    public static Fault Malformed(string message) => new(FaultCatalogue.MalformedRequest, message)
    {
        ClosesConnection = true,
    };

    public static Fault DiskReserve(UploadPlan plan) => new(FaultCatalogue.StorageFull,
        "The server's disk has no room for the file. Nothing was stored; send it again later.")
    {
        Limit = new LimitFault("limits.diskReserve", plan.DiskReserve),
        RetryAfter = TimeSpan.FromSeconds(30),
        ClosesConnection = true,
    };

    /// <summary>The refusal of a guard over uploads; null for any other guard.</summary>
    public static Fault? Of(Guard? guard, LimitsDeclaration limits) => guard switch
    {
        UploadHeld => Interrupted,
        UploadRoom { OpenMax: { } most } => new Fault(UploadKinds.TooManyOpen,
            Text($"You have {most:N0} uploads open, and more are not taken. Finish or cancel some of them."))
        {
            Limit = new LimitFault("limits.openUploads", most),
            RetryAfter = TimeSpan.FromMinutes(1),
        },
        UploadRoom { Caller: null } => NoRoom("limits.endpointBytes", limits.EndpointBytes ?? 0,
            "The files of this endpoint take as much room as there is for them."),
        UploadRoom => NoRoom("limits.callerBytes", limits.CallerBytes ?? 0,
            "Your files take as much room as you have here. Delete some, or send a smaller one."),
        _ => null,
    };

    private static Fault NoRoom(string name, long limit, string message) => new(UploadKinds.QuotaReached, message)
    {
        Limit = new LimitFault(name, limit),
        ClosesConnection = true,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
