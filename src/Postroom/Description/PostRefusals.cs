using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using static Postroom.Faults.FaultCatalogue;

namespace Postroom.Description;

/// <summary>
/// What the stages of a POST may refuse, by the plan they work with. Every refusal that a test of the library provokes
/// is checked to be among them.
/// </summary>
internal static class PostRefusals
{
    /// <param name="plan">The endpoint.</param>
    /// <param name="rule">Who may.</param>
    /// <param name="action">What is done.</param>
    public static IEnumerable<FaultKind> Of(
        EndpointPlan plan, AccessRule rule, PostAction action = PostAction.Create) =>
    [
        .. OfEveryMethod(plan), .. Receiving(plan, action), .. Parsing(plan, action), .. Authorization(rule),
        .. Idempotency(plan, action), .. Execution(plan),
    ];

    /// <summary>What any request may be refused with, whatever its method.</summary>
    public static IEnumerable<FaultKind> OfEveryMethod(EndpointPlan plan)
    {
        IEnumerable<FaultKind> kinds = [RequestLineTooLong, HeadersTooLarge, InternalError];
        return kinds.Concat(plan.Url is { Scheme: "https" } ? [HttpsRequired] : []);
    }

    /// <summary>What needs no body.</summary>
    private static IEnumerable<FaultKind> Receiving(EndpointPlan plan, PostAction action)
    {
        IEnumerable<FaultKind> kinds =
        [
            MalformedRequest, OriginRefused, ExpectationFailed, TooEarly, TransferCodingUnsupported, KeyInvalid,
        ];
        return kinds
            .Concat(!HasBody(action) ? [] : [CodingUnsupported, EmptyBody, BodyTooLarge])
            .Concat(plan.Declaration.Limits.Rate is null ? [] : [RateExceeded]);
    }

    /// <summary>The body, its format and its schema.</summary>
    private static IEnumerable<FaultKind> Parsing(EndpointPlan plan, PostAction action)
    {
        if (!HasBody(action))
        {
            return [];
        }

        IEnumerable<FaultKind> kinds =
        [
            IncompleteBody, BodyTooSlow, MalformedCoding, MalformedBody, LimitExceeded, ValidationFailed,
            MediaTypeUnsupported, MediaTypeMismatch,
        ];
        var formats = action == PostAction.Update ? [BodyFormatNames.Json] : plan.Declaration.Formats;
        return kinds
            .Concat(formats.SelectMany(Malformed))
            .Concat(formats.Contains(BodyFormatNames.Multipart) ? Files(plan) : []);
    }

    public static IEnumerable<FaultKind> Authorization(AccessRule rule) =>
        rule.IsPublic ? [] : [Unauthenticated, Forbidden];

    /// <summary>What depends on the key; PUT and DELETE need none (RFC 9110 §9.2.2).</summary>
    private static IEnumerable<FaultKind> Idempotency(EndpointPlan plan, PostAction action)
    {
        var declared = plan.Declaration.Idempotency;
        IEnumerable<FaultKind> kinds = [KeyInUse, KeyReused, EntryRemoved];
        return kinds
            .Concat(declared.Mode == IdempotencyMode.Required && NeedsKey(action) ? [KeyMissing] : [])
            .Concat(declared.RefuseLate ? [KeyExpired] : [])
            .Concat(plan.Declaration.Limits.Keys is null ? [] : [KeysExceeded]);
    }

    /// <summary>Whether an endpoint that requires keys requires one for this.</summary>
    public static bool NeedsKey(PostAction action) => action is PostAction.Create or PostAction.Update
        or PostAction.Batch or PostAction.Import;

    private static bool HasBody(PostAction action) => action is not (PostAction.Delete or PostAction.Confirm);

    /// <summary>The commit, what must hold in it, and the endpoint's own code.</summary>
    private static IEnumerable<FaultKind> Execution(EndpointPlan plan)
    {
        IEnumerable<FaultKind> kinds = [Overloaded, OutcomeUnknown, StorageFull];
        return kinds
            .Concat(Opening(plan))
            .Concat(plan.Declaration.Unique.Count > 0 ? [Duplicate] : [])
            .Concat(plan.Handler is null ? [] : [Conflict, .. Rejections()]);
    }

    /// <summary>What an endpoint says instead of taking anything.</summary>
    public static IEnumerable<FaultKind> Opening(EndpointPlan plan)
    {
        var opening = plan.Declaration.Opening;
        if (opening.From is not null || opening.Hours.Count > 0)
        {
            yield return NotOpen;
        }

        if (opening.Until is not null)
        {
            yield return Closed;
        }

        if (plan.Declaration.Quota is { } quota)
        {
            yield return quota.Period is null ? QuotaReached : QuotaExceeded;
        }
    }

    /// <summary>The endpoint's own code chooses the status.</summary>
    private static IEnumerable<FaultKind> Rejections() =>
        Rejection.Statuses.Select(status => Rejection.Kind(status, isFinal: false));

    private static IEnumerable<FaultKind> Malformed(string format) => format switch
    {
        BodyFormatNames.Json or BodyFormatNames.Ndjson => [MalformedJson],
        BodyFormatNames.Form or BodyFormatNames.Multipart => [MalformedForm],
        BodyFormatNames.Xml => [MalformedXml],
        BodyFormatNames.Csv => [MalformedCsv],
        _ => [],
    };

    private static FaultKind[] Files(EndpointPlan plan) =>
        plan.Files is null ? [FilesUnsupported] : [FileTooLarge, FileTypeRefused];
}
