using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>Signing in by a one-time link, and out again.</summary>
internal sealed class SignInActions(Lazy<ConsoleServices> services)
{
    /// <summary>Shows the link's page. It uses nothing up: mail scanners and previews fetch links too.</summary>
    public Task ShowAsync(HttpContext context)
    {
        if (SessionCookie.NameFor(context.Request) is null)
        {
            return ConsoleAnswer.PageAsync(context, StatusCodes.Status403Forbidden, SignInPages.NeedsHttps());
        }

        var token = context.Request.Query["token"].ToString();
        if (token.Length == 0)
        {
            return ConsoleAnswer.PageAsync(context, StatusCodes.Status401Unauthorized, SignInPages.HowTo(null));
        }

        return IsUnused(token)
            ? ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, SignInPages.Ask(token))
            : ConsoleAnswer.PageAsync(context, StatusCodes.Status410Gone, SignInPages.Spent());
    }

    /// <summary>Uses the link up and opens a session.</summary>
    public async Task SignInAsync(HttpContext context)
    {
        if (SessionCookie.NameFor(context.Request) is not { } cookie)
        {
            await ConsoleAnswer.PageAsync(context, StatusCodes.Status403Forbidden, SignInPages.NeedsHttps());
        }
        else if (!OwnOrigin.Posted(context.Request)
            || await ConsoleForm.ReadAsync(context.Request) is not { } form)
        {
            await ConsoleGate.RefuseAsync(context);
        }
        else if (!services.Value.Links.TryRead(form["token"], out var link))
        {
            await ConsoleAnswer.PageAsync(context, StatusCodes.Status410Gone, SignInPages.Spent());
        }
        else
        {
            await OpenAsync(context, cookie, link);
        }
    }

    /// <summary>Ends the session: its cookie is worth nothing from now on, wherever a copy of it is.</summary>
    public async Task SignOutAsync(HttpContext context, ConsoleSession session)
    {
        var outcome = await services.Value.Store.CommitAsync(session.End());
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            await OutcomePages.ShowAsync(context, outcome);
            return;
        }

        SessionCookie.Clear(context, SessionCookie.NameFor(context.Request)!);
        await ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, SignInPages.SignedOut());
    }

    private async Task OpenAsync(HttpContext context, string cookie, SignInLink link)
    {
        var outcome = await services.Value.Store.CommitAsync(link.Consume());
        switch (outcome.Verdict)
        {
            case UnitVerdict.Committed:
                SessionCookie.Write(context, cookie, services.Value.Sessions.Create());
                await ConsoleAnswer.SeeOther(context, HtmlUrl.Of(ConsolePaths.Inbox));
                break;
            case UnitVerdict.Refused:
                await ConsoleAnswer.PageAsync(context, StatusCodes.Status410Gone, SignInPages.Spent());
                break;
            default:
                await OutcomePages.ShowAsync(context, outcome);
                break;
        }
    }

    private bool IsUnused(string token)
    {
        if (!services.Value.Links.TryRead(token, out var link))
        {
            return false;
        }

        using var reader = services.Value.Store.Read();
        return !reader.IsTokenUsed(link.Use);
    }
}
