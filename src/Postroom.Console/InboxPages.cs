using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>The list of entries, and the list of those that are held.</summary>
internal sealed class InboxPages(Lazy<ConsoleServices> services)
{
    public Task InboxAsync(HttpContext context, ConsoleSession session)
    {
        var filter = InboxFilter.Read(context.Request.Query, ConsolePaths.Inbox);

        // A reference that somebody was given leads straight to its entry.
        return EntryId.TryParse(filter.Text, out var id) && Exists(id)
            ? ConsoleAnswer.SeeOther(context, ConsolePaths.Entry(id))
            : ShowAsync(context, session, filter);
    }

    public Task HeldAsync(HttpContext context, ConsoleSession session) =>
        ShowAsync(context, session, InboxFilter.Read(context.Request.Query, ConsolePaths.Held));

    private Task ShowAsync(HttpContext context, ConsoleSession session, InboxFilter filter)
    {
        var counts = services.Value.Counts.Take();
        InboxList list;
        using (var reader = services.Value.Store.Read())
        {
            list = InboxList.Read(reader, filter);
        }

        var view = new InboxView
        {
            Session = session,
            Filter = filter,
            List = list,
            Counts = counts,
            Now = services.Value.Now,
            Notice = Notices.Of(context.Request.Query),
        };
        return ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, view.Page());
    }

    private bool Exists(EntryId id)
    {
        using var reader = services.Value.Store.Read();
        return reader.FindEntry(id) is not null;
    }
}
