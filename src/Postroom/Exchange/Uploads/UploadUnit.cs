using Postroom.Storage;

namespace Postroom.Exchange.Uploads;

/// <summary>
/// What files of an endpoint for uploads add to the unit of their entry: one that came in several requests is finished
/// by it, those that came in one are counted.
/// </summary>
internal static class UploadUnit
{
    public static PostUnit Join(PostExchange exchange, IPostStore store, PostUnit unit)
    {
        if (unit.Writes.OfType<InsertEntry>().FirstOrDefault()?.Entry is not { } entry)
        {
            return unit;
        }

        return exchange.Upload is { } upload ? Finish(upload, entry, unit) : Count(exchange, store, entry, unit);
    }

    private static PostUnit Finish(Upload upload, Entry entry, PostUnit unit) => new()
    {
        Guards = [new UploadHeld(upload.Id, upload.Fence), .. unit.Guards],
        Writes =
        [
            .. unit.Writes,
            new SetUpload(upload with
            {
                State = UploadState.Finished,
                Offset = upload.Length!.Value,
                IsHeld = false,
                FileState = default,
                Entry = entry.Id,
                Answer = entry.Answer,
            }),
        ],
    };

    private static PostUnit Count(PostExchange exchange, IPostStore store, Entry entry, PostUnit unit)
    {
        if (entry.Files.Count == 0)
        {
            return unit;
        }

        var plan = exchange.Plan;
        var caller = UploadCaller.NameOf(exchange.Caller, store.Secret.Span);
        return new PostUnit
        {
            Guards =
            [
                .. unit.Guards, .. UploadRooms.Of(plan, caller, entry.Files.Sum(file => file.Size), opens: false),
            ],
            Writes =
            [
                .. unit.Writes,
                .. entry.Files.Select(file => new InsertUpload(new Upload
                {
                    Id = file.Id,
                    Endpoint = plan.Path,
                    Caller = caller,
                    State = UploadState.Finished,
                    Length = file.Size,
                    Offset = file.Size,
                    CreatedAt = exchange.ReceivedAt,
                    ExpiresAt = exchange.ReceivedAt,
                    Entry = entry.Id,
                })),
            ],
        };
    }
}
