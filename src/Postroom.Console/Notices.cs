using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>What the last action did, told on the page that it leads to.</summary>
internal static class Notices
{
    public const string Released = "released";
    public const string NotHeld = "not-held";
    public const string Taken = "taken";
    public const string Marked = "marked";
    public const string NotStored = "not-stored";
    public const string Deleted = "deleted";
    public const string RunInstead = "run-instead";
    public const string RanAll = "ran-all";

    private const string RanToSpam = "ran-to-spam";
    private const string RefusedAgain = "refused-again";
    private const string NoEndpoint = "no-endpoint";
    private const string NotRun = "not-run";

    /// <summary>The notice of what became of an entry that was run again.</summary>
    public static string Of(SecondRunVerdict verdict) => verdict switch
    {
        SecondRunVerdict.Stored => Released,
        SecondRunVerdict.HeldAsSpam => RanToSpam,
        SecondRunVerdict.Refused => RefusedAgain,
        SecondRunVerdict.Late => NotHeld,
        SecondRunVerdict.NoEndpoint => NoEndpoint,
        _ => NotRun,
    };

    /// <summary>
    /// The address with the notice's name: only the name travels, so that no link can put words into our page.
    /// </summary>
    public static HtmlUrl After(HtmlUrl target, string notice) => HtmlUrl.Of(target.ToString(), ("done", notice));

    public static Html Of(IQueryCollection query) => query["done"].ToString() switch
    {
        Released => Html.Constant("""
            <div class="notice stored" role="status"><p>Released. What follows from it runs now.</p></div>
            """),
        NotHeld => Html.Constant("""
            <div class="notice held" role="status"><p>It was not held any more: somebody else was faster. Nothing ran
            twice.</p></div>
            """),
        Taken => Html.Constant("""
            <div class="notice held" role="status"><p>It stays held: another stored entry has the same values, which its
            endpoint takes once only (<code>unique</code>). Delete one of the two.</p></div>
            """),
        Marked => Html.Constant("""
            <div class="notice stored" role="status"><p>Marked as spam, and held. What had followed from it is not taken
            back.</p></div>
            """),
        NotStored => Html.Constant("""
            <div class="notice held" role="status"><p>It was not among the stored ones any more: somebody else was
            faster.</p></div>
            """),
        RunInstead => Html.Constant("""
            <div class="notice held" role="status"><p>It was refused, so it is not released as it is: run it again, and
            the rules of now decide.</p></div>
            """),
        RanToSpam => Html.Constant("""
            <div class="notice held" role="status"><p>It passes now, but the rules about spam hold it. Release it if it
            is none.</p></div>
            """),
        RefusedAgain => Html.Constant("""
            <div class="notice refused" role="status"><p>It was refused again. What was answered stands below; change
            the rule first.</p></div>
            """),
        NoEndpoint => Html.Constant("""
            <div class="notice refused" role="status"><p>Its endpoint is not declared any more, so nothing can judge
            it.</p></div>
            """),
        NotRun => Html.Constant("""
            <div class="notice refused" role="status"><p>It could not be run at this moment; nothing has changed. Try it
            again, and look into the log if it goes on.</p></div>
            """),
        RanAll when RunTally.Parse(query["ran"].ToString()) is { } tally => Of(tally),
        Deleted => Html.Constant("""
            <div class="notice stored" role="status"><p>Deleted, with its answer and what was still to follow from
            it.</p></div>
            """),
        _ => Html.Empty,
    };

    private static Html Of(RunTally tally) => Html.From(html =>
    {
        html.Write($"""
            <div class="notice {(tally.Refused + tally.Left == 0 ? "stored" : "held")}" role="status"><p>Run again:
            {Words.Count(tally.Stored)} stored, {Words.Count(tally.Held)} held by a rule about spam,
            {Words.Count(tally.Refused)} refused again
            """);
        if (tally.Left > 0)
        {
            html.Write($", {Words.Count(tally.Left)} left as they were");
        }

        html.Write($".</p></div>\n");
    });
}
