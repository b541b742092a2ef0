using Postroom.Faults;

namespace Postroom.Storage;

/// <summary>The reason of an entry that was refused and is kept: the code of the refusal behind a prefix.</summary>
internal static class RefusedReason
{
    private const string Prefix = "refused:";

    /// <summary>The codes of the refusals that are kept, in the order in which the inbox offers them.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. new[]
        {
            FaultCatalogue.ValidationFailed, FaultCatalogue.LimitExceeded, FaultCatalogue.MalformedJson,
            FaultCatalogue.MalformedForm, FaultCatalogue.MalformedXml, FaultCatalogue.MalformedCsv,
            FaultCatalogue.MalformedBody, FaultCatalogue.MediaTypeMismatch, FaultCatalogue.MediaTypeUnsupported,
            FaultCatalogue.Unauthenticated, FaultCatalogue.Forbidden,
        }.Select(kind => kind.Code),
    ];

    public static string Of(string code) => Prefix + code;

    /// <summary>The code of the refusal; null for any other reason.</summary>
    public static string? Code(string? reason) =>
        reason is not null && reason.StartsWith(Prefix, StringComparison.Ordinal) ? reason[Prefix.Length..] : null;

    /// <summary>True for an entry that was refused and is kept: it can be run again, and not be released.</summary>
    public static bool IsOf(Entry entry) => entry.State == EntryState.Held && Code(entry.Reason) is not null;
}
