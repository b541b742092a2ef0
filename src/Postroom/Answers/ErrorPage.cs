using System.Globalization;
using Postroom.Faults;

namespace Postroom.Answers;

/// <summary>
/// A refusal for people: what is wrong, field by field, and what to do next. The same fault as the problem document.
/// </summary>
internal sealed record ErrorPage
{
    /// <summary>The refusal.</summary>
    public required Fault Fault { get; init; }

    /// <summary>The reference of the POST in log and traces; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>Where "Back to the form" leads; null for nowhere.</summary>
    public HtmlUrl? Back { get; init; }

    /// <summary>The language of its words (BCP 47).</summary>
    public string Language { get; init; } = "en";

    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = Fault.Kind.Title,
        Language = Language,
        Narrow = true,
        Main = Html.From(WriteMain),
    }.WriteTo(html);

    /// <summary>What to do next, in a sentence for people.</summary>
    internal static string Advice(RetryAdvice advice, TimeSpan? retryAfter) => advice switch
    {
        RetryAdvice.AfterCorrection => "Correct what is named above, then send it again. Nothing was stored.",
        RetryAdvice.SameRequest when retryAfter is { } pause =>
            $"Wait {Words(pause)}, then send the same again. It will be kept once, even if the first one arrived.",
        RetryAdvice.SameRequest => "Try again in a moment. It will be kept once, even if the first one arrived.",
        RetryAdvice.WithNewKey => "Open the form anew and send it from there.",
        _ => "Sending the same again will not help.",
    };

    private static Html NoticeClass(RetryAdvice advice) =>
        advice == RetryAdvice.Never ? Html.Constant("refused") : Html.Constant("info");

    private static string Words(TimeSpan pause)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds));
        return seconds switch
        {
            1 => "a second",
            < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds"),
            < 7200 => string.Create(CultureInfo.InvariantCulture, $"{(seconds + 59) / 60} minutes"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(seconds + 3599) / 3600} hours"),
        };
    }

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"<div><h1>{Fault.Kind.Title}</h1><p class=\"lead\">{InlineCode.Of(Fault.Message)}</p></div>\n");
        if (Fault.Errors.Count > 0)
        {
            WriteErrors(html);
        }

        html.Write($"""
            <div class="notice {NoticeClass(Fault.Kind.Retry)}"><h2>What to do next</h2>
            <p>{Advice(Fault.Kind.Retry, Fault.RetryAfter)}</p></div>

            """);
        if (Back is { } back)
        {
            html.Write($"<p class=\"actions\"><a class=\"button\" href=\"{back}\">Back to the form</a></p>\n");
        }

        html.Write($"""
            <section class="card"><h2 class="plate">For whoever looks after this site</h2>
            <dl class="facts">
            <div><dt>Code</dt><dd><a href="{HtmlUrl.Of(Fault.Kind.Type)}">{Fault.Kind.Code}</a></dd></div>
            <div><dt>Status</dt><dd>{Fault.Kind.Status}</dd></div>

            """);
        if (Fault.Limit is { } limit)
        {
            html.Write($"<div><dt>Limit</dt><dd><code>{limit.Name}</code> is {limit.Value}</dd></div>\n");
        }

        if (Reference is not null)
        {
            html.Write($"<div><dt>Reference</dt><dd><code>{Reference}</code></dd></div>\n");
        }

        html.Write($"</dl></section>\n");
    }

    private void WriteErrors(HtmlWriter html)
    {
        html.Write($"<section class=\"card\"><h2 class=\"plate\">What is wrong</h2>\n<dl class=\"facts\">\n");
        foreach (var error in Fault.Errors)
        {
            var where = FieldNames.HumanisePointer(error.Pointer);
            html.Write($"""
                <div><dt title="{error.Pointer}">{(where.Length == 0 ? "The whole" : where)}</dt>
                <dd>{FormFaults.Sentence("", error.Message)}</dd></div>

                """);
        }

        html.Write($"</dl></section>\n");
    }
}
