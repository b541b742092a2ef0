using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Identity;

namespace Postroom.Inbox;

/// <summary>
/// Stands before every page of the inbox: no session, no page; and nothing is changed by a POST that does not come from
/// a page of ours (by what the browser says of it) that was made for this session (by its form token).
/// </summary>
internal sealed class ConsoleGate(Lazy<ConsoleServices> services)
{
    /// <summary>A page for those who are signed in.</summary>
    public RequestDelegate Reading(Func<HttpContext, ConsoleSession, Task> page) => context =>
        Find(context) is { } session ? page(context, session) : AskAsync(context);

    /// <summary>An action of somebody who is signed in.</summary>
    public RequestDelegate Acting(Func<HttpContext, ConsoleSession, Task> action) => async context =>
    {
        if (!OwnOrigin.Posted(context.Request))
        {
            await RefuseAsync(context);
        }
        else if (Find(context) is not { } session)
        {
            await AskAsync(context);
        }
        else if (await ConsoleForm.ReadAsync(context.Request) is not { } form
            || !ConsoleSessions.IsFormOf(session, form[ConsoleFrame.FormField]))
        {
            await RefuseAsync(context);
        }
        else
        {
            await action(context, session);
        }
    };

    /// <summary>Says that a POST did not come from where it must.</summary>
    public static Task RefuseAsync(HttpContext context) => ConsoleAnswer.PageAsync(
        context, StatusCodes.Status403Forbidden, MessagePage.Of(
            "Not done",
            Html.Constant("""
                <p>This did not come from a page of this inbox, or from one that was made for an earlier sign-in.
                Nothing was changed.</p><p class="soft">Open the inbox and do it there.</p>
                """),
            HtmlUrl.Of(ConsolePaths.Inbox),
            "Open the inbox"));

    private ConsoleSession? Find(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is not { Length: > 0 } cookie)
        {
            return null;
        }

        using var reader = services.Value.Store.Read();
        return services.Value.Sessions.Find(cookie, reader);
    }

    private static Task AskAsync(HttpContext context)
    {
        if (SessionCookie.NameFor(context.Request) is null)
        {
            return ConsoleAnswer.PageAsync(context, StatusCodes.Status403Forbidden, SignInPages.NeedsHttps());
        }

        // Only a page's own address may be offered again, never one that a POST was sent to.
        var isFromElsewhere = context.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            && HttpMethods.IsGet(context.Request.Method);
        return ConsoleAnswer.PageAsync(
            context, StatusCodes.Status401Unauthorized, SignInPages.HowTo(isFromElsewhere ? Address(context) : null));
    }

    private static HtmlUrl? Address(HttpContext context)
    {
        var request = context.Request;
        var address = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        return HtmlUrl.TryParse(address, out var url) ? url : null;
    }
}
