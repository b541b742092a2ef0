using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>One entry: its page, its document, and what can be done with it.</summary>
internal sealed class EntryPages(Lazy<ConsoleServices> services)
{
    public Task ShowAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out var jobs) is not { } entry)
        {
            return MissingAsync(context, session);
        }

        var view = new EntryView
        {
            Session = session,
            Entry = entry,
            Jobs = jobs,
            Trace = services.Value.Traces.Find(entry.Id),
            Now = services.Value.Now,
            Record = RecordLink.Of(services.Value.Plans, entry),
            TimesCame = services.Value.Releases.TimesCame(entry),
            Notice = Notices.Of(context.Request.Query),
        };
        return ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, view.Page());
    }

    /// <summary>The document byte for byte, to be saved: a browser never runs it as a page of this origin.</summary>
    public Task DocumentAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out _) is not { } entry)
        {
            return MissingAsync(context, session);
        }

        ConsoleAnswer.AddHeaders(context.Response);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{entry.Id}.json\"";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = entry.Document.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(entry.Document, context.RequestAborted).AsTask();
    }

    /// <summary>Asks before deleting.</summary>
    public Task AskDeleteAsync(HttpContext context, ConsoleSession session) =>
        Find(context, out var jobs) is { } entry
            ? ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, DeleteView.Page(session, entry, jobs))
            : MissingAsync(context, session);

    /// <summary>
    /// Releases a held entry, once: of two clicks at the same moment one commits, with all that follows, and the other
    /// is told that it was late. What the endpoint's own code says against it is shown, and it stays held.
    /// </summary>
    public async Task ReleaseAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out _) is not { } entry)
        {
            await MissingAsync(context, session);
            return;
        }

        if (RefusedReason.IsOf(entry))
        {
            // No rule has let it pass yet: storing it as it is would put what is invalid among the accepted.
            await ConsoleAnswer.SeeOther(context, Notices.After(ConsolePaths.Entry(entry.Id), Notices.RunInstead));
            return;
        }

        var released = await services.Value.Releases.ReleaseAsync(entry, hasFollowed: entry.Reason == Words.Marked);
        if (released.Unit is { } outcome)
        {
            await FinishAsync(context, outcome, ConsolePaths.Entry(entry.Id), Notices.Released);
            return;
        }

        await ConsoleAnswer.PageAsync(
            context, StatusCodes.Status409Conflict, ObjectionView.Page(session, entry, released.Objection!));
    }

    /// <summary>Runs a refused entry again, by the rules of now.</summary>
    public async Task RunAgainAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out _) is not { } entry)
        {
            await MissingAsync(context, session);
            return;
        }

        var verdict = RefusedReason.IsOf(entry)
            ? await services.Value.Releases.RunAgainAsync(entry)
            : SecondRunVerdict.Late;
        services.Value.Counts.Forget();
        await ConsoleAnswer.SeeOther(context, Notices.After(ConsolePaths.Entry(entry.Id), Notices.Of(verdict)));
    }

    /// <summary>Holds a stored entry as spam. What followed from it is not taken back.</summary>
    public async Task MarkAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out _) is not { } entry)
        {
            await MissingAsync(context, session);
            return;
        }

        var outcome = await services.Value.Store.CommitAsync(new PostUnit
        {
            Guards = [new EntryInState(entry.Id, EntryState.Stored)],
            Writes = [new SetEntryState(entry.Id, EntryState.Held, Words.Marked)],
        });
        await FinishAsync(context, outcome, ConsolePaths.Entry(entry.Id), Notices.Marked, Notices.NotStored);
    }

    /// <summary>
    /// Deletes the entry, and after the commit its files. Its key stays taken, so that a late retry does not bring it
    /// back.
    /// </summary>
    public async Task DeleteAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context, out _) is not { } entry)
        {
            await MissingAsync(context, session);
            return;
        }

        var outcome = await services.Value.Store.CommitAsync(
            new PostUnit { Guards = [], Writes = [new DeleteEntry(entry.Id, KeepKey: true)] });
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            await services.Value.Files.DeleteAllAsync(entry.Files);
        }

        await FinishAsync(context, outcome, HtmlUrl.Of(ConsolePaths.Inbox), Notices.Deleted);
    }

    private async Task FinishAsync(
        HttpContext context, UnitOutcome outcome, HtmlUrl target, string notice, string late = Notices.NotHeld)
    {
        switch (outcome.Verdict)
        {
            case UnitVerdict.Refused when outcome.Guard is ValueFree:
                await ConsoleAnswer.SeeOther(context, Notices.After(target, Notices.Taken));
                break;
            case UnitVerdict.Committed:
                services.Value.Counts.Forget();
                await ConsoleAnswer.SeeOther(context, Notices.After(target, notice));
                break;
            case UnitVerdict.Refused:
                await ConsoleAnswer.SeeOther(context, Notices.After(target, late));
                break;
            default:
                await OutcomePages.ShowAsync(context, outcome);
                break;
        }
    }

    private Entry? Find(HttpContext context, out IReadOnlyList<Job> jobs)
    {
        jobs = [];
        if (!EntryId.TryParse(context.Request.RouteValues["id"] as string, out var id))
        {
            return null;
        }

        using var reader = services.Value.Store.Read();
        if (reader.FindEntry(id) is not { } entry)
        {
            return null;
        }

        jobs = reader.ListJobs(id);
        return entry;
    }

    private static Task MissingAsync(HttpContext context, ConsoleSession session) => ConsoleAnswer.PageAsync(
        context, StatusCodes.Status404NotFound, ConsoleFrame.Around(
            session, ConsolePaths.Inbox, "No such entry", html => html.Write($"""
                <div class="empty"><h1>No such entry</h1><p>It was deleted, has passed its time, or never was.</p>
                <p><a href="{HtmlUrl.Of(ConsolePaths.Inbox)}">Back to the inbox</a></p></div>
                """)));
}
