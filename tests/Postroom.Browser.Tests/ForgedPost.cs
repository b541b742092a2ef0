namespace Postroom.Browser.Tests;

/// <summary>
/// Everything that a page can do to post to another origin without asking first (Fetch §4.1): none of it needs the
/// consent of CORS, which hides the answer and no more.
/// </summary>
internal static class ForgedPost
{
    private const string Json = """{"name":"Ada","email":"ada@example.com"}""";

    private const string Fields = """<input name="name" value="Ada"><input name="email" value="ada@example.com">""";

    private const string Submit = "<script>document.forms[0].submit()</script>";

    private const string Text = "'" + Json + "'";

    private const string Search = "new URLSearchParams({name: 'Ada', email: 'ada@example.com'})";

    /// <summary>
    /// Pages by name; HERE stands for the endpoint, REDIRECT for a place of the page's own server that leads on to it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Pages { get; } = new Dictionary<string, string>
    {
        ["urlencoded form"] = Form(""),
        ["multipart form"] = Form("enctype=multipart/form-data"),
        ["JSON in a text/plain form"] = $"""
            <form method=post action="HERE" enctype=text/plain>
            <input name='{Json[..^1]},"message":"' value='"{'}'}'></form>{Submit}
            """,
        ["form into a hidden frame"] = "<iframe name=hidden hidden></iframe>" + Form("target=hidden"),
        ["form that hides its page"] = "<meta name=referrer content=no-referrer>" + Form(""),
        ["form in a sandbox"] = ForeignPages.Sandboxed(Form("")),
        ["form in a data: URL"] = $"<iframe src='data:text/html,{Uri.EscapeDataString(Form(""))}'></iframe>",
        ["form in a srcdoc frame"] = $"<iframe srcdoc='{Form("")}'></iframe>",
        ["form that is led on"] = Form("").Replace("HERE", "REDIRECT", StringComparison.Ordinal),
        ["fetch no-cors of text"] = Fetch($"body: {Text}, mode: 'no-cors'"),
        ["fetch no-cors of fields"] = Fetch($"body: {Search}, mode: 'no-cors'"),
        ["fetch no-cors with credentials"] = Fetch($"body: {Search}, mode: 'no-cors', credentials: 'include'"),
        ["fetch no-cors that outlives its page"] = Fetch($"body: {Search}, mode: 'no-cors', keepalive: true"),
        ["fetch cors of fields"] = Fetch($"body: {Search}"),
        ["fetch cors with credentials"] = Fetch($"body: {Search}, credentials: 'include'"),
        ["fetch cors of text"] = Fetch($"body: {Text}"),
        ["fetch without a referrer"] = Fetch($"body: {Search}, mode: 'no-cors', referrerPolicy: 'no-referrer'"),
        ["beacon of text"] = Script($"navigator.sendBeacon('HERE', {Text})"),
        ["beacon of fields"] = Script($"navigator.sendBeacon('HERE', {Search})"),
        ["XMLHttpRequest of multipart"] = Script(
            "const request = new XMLHttpRequest(); request.open('POST', 'HERE'); const form = new FormData();"
            + " form.append('name', 'Ada'); form.append('email', 'ada@example.com'); request.send(form)"),
    };

    public static string Page(string name, string postroom, string redirect) => Pages[name]
        .Replace("HERE", postroom + "/api/contact", StringComparison.Ordinal)
        .Replace("REDIRECT", redirect, StringComparison.Ordinal);

    private static string Form(string attributes) =>
        $"""<form method=post action="HERE" {attributes}>{Fields}</form>{Submit}""";

    private static string Fetch(string options) => Script("fetch('HERE', {method: 'POST', " + options + "})");

    private static string Script(string text) => $"<!doctype html><title>Elsewhere</title><script>{text}</script>";
}
