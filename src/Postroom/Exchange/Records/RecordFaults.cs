using System.Globalization;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Exchange.Records;

/// <summary>The refusals that have to do with records.</summary>
internal static class RecordFaults
{
    public static Fault NotFound { get; } = new(FaultCatalogue.NotFound,
        "There is no such record, or none that you may see.");

    public static Fault PreconditionRequired { get; } = new(FaultCatalogue.PreconditionRequired,
        "Send `If-Match` with the `ETag` of the record as you know it, so that you overwrite nothing that you have "
        + "not seen.");

    /// <summary>The record has another version than the caller takes for granted.</summary>
    public static Fault Changed(long version) => new(FaultCatalogue.PreconditionFailed,
        "The record has changed since you read it. Read it again and decide anew.")
    {
        Headers = [new("ETag", EntityTag.Of(version))],
    };

    public static Fault Exists { get; } = new(FaultCatalogue.PreconditionFailed,
        "There is a record here already, and you asked to create one. Read it first.");

    public static Fault NotThere { get; } = new(FaultCatalogue.PreconditionFailed,
        "There is no record here, and you asked to change the one that you know. It may have been deleted.");

    public static Fault Kept(IEnumerable<string> names) => Invalid(names.Select(name => new FieldFault(
        "/" + SchemaPlaces.Escaped(name), "read-only", "is not set by callers; leave it out")));

    public static Fault NotAnObject { get; } = new(FaultCatalogue.ValidationFailed,
        "A merge patch of a record is an object with the fields that change; null removes one.")
    {
        Errors = [new FieldFault("", "type", "must be an object")],
    };

    public static Fault NoSuchTarget(ReferenceRule reference) => Invalid(
        [new FieldFault(reference.Pointer, "reference-missing", $"names no record of {reference.To}")]);

    /// <summary>Values that another record has.</summary>
    /// <param name="unique">The rule.</param>
    /// <param name="existing">That record, when the caller may know of it.</param>
    public static Fault Duplicate(UniqueIndex unique, ExistingRecord? existing)
    {
        var message = unique.Pointers.Count == 1
            ? "is taken by another record"
            : "is taken together with the others by another record";
        return new Fault(FaultCatalogue.Duplicate, unique.Pointers.Count == 1
            ? $"Another record has the same {Name(unique.Pointers[0])}. Nothing was stored."
            : $"Another record has the same {Names(unique.Pointers)}. Nothing was stored.")
        {
            Errors =
            [
                .. unique.Pointers.Select(pointer => new FieldFault(pointer, FaultCatalogue.Duplicate.Code, message)),
            ],
            Existing = existing,
        };
    }

    /// <summary>What may be said of a record in the way; null to a caller who may not read it.</summary>
    public static ExistingRecord? Existing(EndpointPlan plan, Caller caller, Record record) =>
        AccessPolicy.MayRead(plan, caller, record)
            ? new ExistingRecord(record.Id.ToString(), Address(plan, record.Id))
            : null;

    public static Fault HoldEnded { get; } = new(FaultCatalogue.HoldEnded,
        "It was not confirmed in time, and its place is free for others again. Create it anew.");

    /// <summary>There is not enough left of what the record would take.</summary>
    /// <param name="capacity">The rule.</param>
    /// <param name="left">How much is left, for the same key.</param>
    public static Fault SoldOut(CapacityPlan capacity, long left)
    {
        var of = capacity.Pointers.Count == 0 ? "" : $" for this {Names(capacity.Pointers)}";
        return new Fault(FaultCatalogue.SoldOut, left == 0
            ? $"Nothing is left{of}. Nothing was stored."
            : string.Create(CultureInfo.InvariantCulture, $"Only {left:N0} left{of}. Nothing was stored."))
        {
            Errors = capacity.Weight is { } weight && left > 0
                ? [new FieldFault(weight, FaultCatalogue.SoldOut.Code, "is more than there is left")]
                : [],
            Left = left,
        };
    }

    /// <summary>A range that another record has taken a part of.</summary>
    /// <param name="overlap">The rule.</param>
    /// <param name="existing">That record, when the caller may know of it.</param>
    public static Fault Overlaps(OverlapPlan overlap, ExistingRecord? existing) => new(FaultCatalogue.Overlap,
        $"{Capital(Name(overlap.From))} to {Name(overlap.To)} overlaps with another record. Nothing was stored.")
    {
        Errors =
        [
            .. new[] { overlap.From, overlap.To }.Select(pointer => new FieldFault(
                pointer, FaultCatalogue.Overlap.Code, "is within what another record has taken, or around it")),
        ],
        Existing = existing,
    };

    public static Fault TooLarge(string pointer) => Invalid([new FieldFault(
        pointer, FaultCodes.TooLarge, $"must be at most {long.MaxValue.ToString(CultureInfo.InvariantCulture)}")]);

    public static Fault NoRangeEnd(string pointer) => Invalid([new FieldFault(
        pointer, "format", "must be a moment from year 1 to 9999 without a leap second, or a number of 64 bits")]);

    public static Fault EmptyRange(string from, string to) => Invalid([new FieldFault(
        to, "range-empty", $"must be after {Name(from)}")]);

    public static Fault Referenced(string referrer, long count, long max)
    {
        var many = (count > max ? "More than " : "")
            + Math.Min(count, max).ToString("N0", CultureInfo.InvariantCulture);
        return new Fault(FaultCatalogue.Referenced, (count == 1
            ? $"1 record of {referrer} refers to it."
            : $"{many} records of {referrer} refer to it.") + " Delete or change what refers to it first.");
    }

    public static Fault TooManyFollow(int max) => new(FaultCatalogue.Referenced, string.Create(
        CultureInfo.InvariantCulture,
        $"More than {max:N0} records would be deleted or changed with it. Delete those that refer to it first."));

    public static string Address(EndpointPlan plan, EntryId id) => $"{plan.Path}/{id}";

    private static Fault Invalid(IEnumerable<FieldFault> errors)
    {
        FieldFault[] all = [.. errors];
        var words = all.Select(error => $"{Name(error.Pointer)} {error.Message}.");
        return new Fault(FaultCatalogue.ValidationFailed, Capital(string.Join(" ", words))) { Errors = all };
    }

    private static string Names(IReadOnlyList<string> pointers) => string.Join(" and ", pointers.Select(Name));

    private static string Name(string pointer) => pointer.TrimStart('/').Replace('/', ' ').Replace('_', ' ');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
