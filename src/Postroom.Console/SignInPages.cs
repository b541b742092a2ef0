using Postroom.Answers;
using Postroom.Identity;

namespace Postroom.Inbox;

/// <summary>The pages at the door.</summary>
internal static class SignInPages
{
    /// <summary>Nobody is signed in.</summary>
    /// <param name="again">
    /// For those who came over a link on another site, whose browser kept the session to itself: the same address.
    /// </param>
    public static HtmlPage HowTo(HtmlUrl? again) => MessagePage.Of(
        "Sign in to the inbox",
        Html.From(html =>
        {
            if (again is not null)
            {
                html.Write($"""
                    <p>You came from another site, so your browser did not say who you are. If you are signed in, go on
                    below.</p>

                    """);
            }

            html.Write($"""
                <p>The inbox opens with a link that works once, for 15 minutes. Whoever runs this server makes one in a
                terminal, with the path of its declaration:</p>
                <pre class="code"><code>postroom link PATH</code></pre>
                <p class="soft"><code>postroom serve</code> prints one as well when it starts.</p>
                """);
        }),
        again,
        "Open the inbox");

    /// <summary>A link that is good: the button uses it, looking at it does not.</summary>
    public static HtmlPage Ask(string token) => new()
    {
        Title = "Sign in",
        Narrow = true,
        Main = Html.From(html => html.Write($"""
            <div><h1>Sign in to the inbox</h1>
            <p class="lead">Your link is good. It works once; the session it opens lasts 12 hours.</p></div>
            <form class="actions" method="post" action="{HtmlUrl.Of(SignInLinks.Path)}">
            <input type="hidden" name="token" value="{token}">
            <button class="button" type="submit">Sign in</button></form>
            """)),
    };

    /// <summary>A link that was used, has ended, or was never ours.</summary>
    public static HtmlPage Spent() => MessagePage.Of(
        "This link no longer works",
        Html.Constant("""
            <p>A sign-in link works once and for 15 minutes. This one was used, or its time is over, or a part of it is
            missing.</p>
            <p>Make another in a terminal:</p>
            <pre class="code"><code>postroom link PATH</code></pre>
            """),
        HtmlUrl.Of(ConsolePaths.Inbox),
        "Open the inbox");

    /// <summary>Plain http from another machine.</summary>
    public static HtmlPage NeedsHttps() => MessagePage.Of(
        "The inbox needs https",
        Html.Constant("""
            <p>Over plain http everybody on the way could read your session, so the inbox opens over https only, or on
            the machine that it runs on, at <code>http://localhost</code>.</p>
            <p class="soft">Behind a proxy that speaks https, name the proxy's network under <code>proxies:</code> in
            postroom.yaml.</p>
            """));

    /// <summary>After signing out.</summary>
    public static HtmlPage SignedOut() => MessagePage.Of(
        "Signed out",
        Html.Constant("""
            <p>This session has ended, here and on the server. To come back, make another link in a terminal:</p>
            <pre class="code"><code>postroom link PATH</code></pre>
            """));
}
