using Postroom.Faults;

namespace Postroom.Answers;

/// <summary>Explains one kind of refusal: the page that the <c>type</c> of a problem document names.</summary>
internal sealed record ErrorKindPage(FaultKind Kind)
{
    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = Kind.Title,
        Narrow = true,
        Main = Html.From(WriteMain),
        Foot = Html.Constant("Part of the reference of Postroom."),
    }.WriteTo(html);

    private void WriteMain(HtmlWriter html) => html.Write($"""
        <div><h1>{Kind.Title}</h1><p class="lead">{InlineCode.Of(Kind.Explanation)}</p></div>
        <section class="card"><h2 class="plate">In the answer</h2>
        <dl class="facts">
        <div><dt>Status</dt><dd>{Kind.Status}</dd></div>
        <div><dt>Code</dt><dd><code>{Kind.Code}</code></dd></div>
        <div><dt>Type</dt><dd><code>{Kind.Type}</code></dd></div>
        <div><dt>Retry</dt><dd>{RetryWords(Kind.Retry)}</dd></div>
        </dl></section>
        <p><a href="/_postroom/errors/">All refusals</a></p>
        """);

    internal static string RetryWords(RetryAdvice advice) => advice switch
    {
        RetryAdvice.AfterCorrection =>
            "After correcting the request. The key may be kept: nothing was stored under it.",
        RetryAdvice.SameRequest =>
            "The same request with the same key, after Retry-After where it is given, else with growing pauses.",
        RetryAdvice.WithNewKey => "With a new key: the one that was sent stands for another request.",
        _ => "No. The same request will be refused again.",
    };
}
