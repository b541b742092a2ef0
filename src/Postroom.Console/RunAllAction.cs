using Microsoft.AspNetCore.Http;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>Runs again everything that is held for one refusal, the oldest first.</summary>
internal sealed class RunAllAction(Lazy<ConsoleServices> services)
{
    // As many as one endpoint keeps.
    private const int EntriesMaximum = 1000;

    public async Task RunAsync(HttpContext context, ConsoleSession session)
    {
        var filter = InboxFilter.Read(context.Request.Query, ConsolePaths.Held);
        var tally = new RunTally();
        foreach (var id in List(filter))
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                break;
            }

            var verdict = Find(id) is { } entry && RefusedReason.IsOf(entry)
                ? await services.Value.Releases.RunAgainAsync(entry)
                : SecondRunVerdict.Late;
            tally = tally.With(verdict);
        }

        services.Value.Counts.Forget();
        await ConsoleAnswer.SeeOther(context, filter.Ran(tally));
    }

    /// <summary>Without a refusal as the reason there is nothing to run: what is spam is released one by one.</summary>
    private IReadOnlyList<EntryId> List(InboxFilter filter)
    {
        if (RefusedReason.Code(filter.Reason) is null)
        {
            return [];
        }

        using var reader = services.Value.Store.Read();
        var page = reader.ListEntries(new EntryQuery
        {
            Endpoint = filter.Endpoint,
            State = EntryState.Held,
            Reason = filter.Reason,
            Text = filter.Text,
            OldestFirst = true,
            Limit = EntriesMaximum,
        });
        return [.. page.Entries.Select(entry => entry.Id)];
    }

    private Entry? Find(EntryId id)
    {
        using var reader = services.Value.Store.Read();
        return reader.FindEntry(id);
    }
}
