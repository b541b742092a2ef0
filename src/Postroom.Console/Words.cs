using System.Globalization;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>What codes and numbers of the store are called in the inbox.</summary>
internal static class Words
{
    /// <summary>The reason of an entry that was stored until somebody marked it as spam.</summary>
    public const string Marked = "marked";

    /// <summary>For what an entry may be held, in the order in which the inbox offers them.</summary>
    public static IReadOnlyList<string> HeldReasons { get; } =
    [
        "honeypot", "too-fast", "no-proof", "proof-wrong", "proof-expired", "proof-replayed", "links", "words",
        "blocked-email", "markup", "identical-fields", "repeat", Marked,
        .. RefusedReason.Codes.Select(RefusedReason.Of),
    ];

    public static string Of(EntryState state) => state switch
    {
        EntryState.Stored => "Stored",
        EntryState.Held => "Held",
        EntryState.Refused => "Refused",
        EntryState.Running => "Running",
        _ => state.ToString(),
    };

    public static Html Badge(EntryState state) => state switch
    {
        EntryState.Stored => Html.Constant("<span class=\"badge stored\">Stored</span>"),
        EntryState.Held => Html.Constant("<span class=\"badge held\">Held</span>"),
        EntryState.Refused => Html.Constant("<span class=\"badge refused\">Refused</span>"),
        _ => Html.Constant("<span class=\"badge waiting\">Running</span>"),
    };

    public static Html Badge(JobState state) => state switch
    {
        JobState.Ready => Html.Constant("<span class=\"badge waiting\">Waiting</span>"),
        JobState.Leased => Html.Constant("<span class=\"badge waiting\">Running</span>"),
        JobState.Done => Html.Constant("<span class=\"badge stored\">Done</span>"),
        _ => Html.Constant("<span class=\"badge refused\">Given up</span>"),
    };

    /// <summary>Why an entry is held, in words; a code that is not known here is shown as words of its own.</summary>
    public static string Reason(string? code) => code switch
    {
        null => "No reason was kept",
        "honeypot" => "A field that people never see was filled in",
        "repeat" => "Repeats an entry that came shortly before",
        "too-fast" or "fill-time" => "Sent faster than people type",
        "no-proof" => "Came without its proof of work",
        "proof-wrong" => "Its proof of work is wrong",
        "proof-expired" => "Its proof of work had ended",
        "proof-replayed" => "Its proof of work was used before",
        "links" => "Holds more links than are allowed",
        "words" => "Says a word that is not wanted",
        "blocked-email" => "Names an e-mail address that is blocked",
        "markup" => "Writes links as HTML or BBCode",
        "identical-fields" => "Says the same in every field",
        Marked => "Marked as spam by hand",
        _ when RefusedReason.Code(code) is { } refusal => $"Refused, and kept: {FieldNames.Humanise(refusal)}",
        _ => FieldNames.Humanise(code),
    };

    /// <summary>A number with spaces between the thousands.</summary>
    public static string Count(long number) =>
        number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A duration as people read it: 140 µs, 2.4 ms, 1.3 s.</summary>
    public static string Duration(long microseconds) => microseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds} µs"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000.0:0.0} s"),
    };

    /// <summary>A size as people read it: 512 bytes, 2.4 kB, 1.3 MB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
    };
}
