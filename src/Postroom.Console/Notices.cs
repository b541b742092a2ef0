using Microsoft.AspNetCore.Http;
using Postroom.Answers;

namespace Postroom.Inbox;

/// <summary>What the last action did, told on the page that it leads to.</summary>
internal static class Notices
{
    public const string Released = "released";
    public const string NotHeld = "not-held";
    public const string Marked = "marked";
    public const string NotStored = "not-stored";
    public const string Deleted = "deleted";

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
        Marked => Html.Constant("""
            <div class="notice stored" role="status"><p>Marked as spam, and held. What had followed from it is not taken
            back.</p></div>
            """),
        NotStored => Html.Constant("""
            <div class="notice held" role="status"><p>It was not among the stored ones any more: somebody else was
            faster.</p></div>
            """),
        Deleted => Html.Constant("""
            <div class="notice stored" role="status"><p>Deleted, with its answer and what was still to follow from
            it.</p></div>
            """),
        _ => Html.Empty,
    };
}
