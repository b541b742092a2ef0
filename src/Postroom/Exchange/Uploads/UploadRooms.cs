using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Exchange.Uploads;

/// <summary>The quotas of an endpoint for uploads as guards, and what they say before any byte has come.</summary>
internal static class UploadRooms
{
    /// <summary>The quotas that so many bytes more concern.</summary>
    /// <param name="plan">The endpoint.</param>
    /// <param name="caller">Whose quota.</param>
    /// <param name="bytes">Bytes that are to be added.</param>
    /// <param name="opens">Whether an upload is opened that goes on in other requests.</param>
    public static IEnumerable<UploadRoom> Of(EndpointPlan plan, string caller, long bytes, bool opens)
    {
        var limits = plan.Declaration.Limits;
        if (opens && limits.OpenUploads is { } open)
        {
            yield return new UploadRoom(plan.Path, caller, 0, null, open);
        }

        if (limits.CallerBytes is { } own)
        {
            yield return new UploadRoom(plan.Path, caller, bytes, own, null);
        }

        if (limits.EndpointBytes is { } all)
        {
            yield return new UploadRoom(plan.Path, null, bytes, all, null);
        }
    }

    /// <summary>
    /// Refuses what could not be stored in the end. The guards decide; this spares the sender the way there.
    /// </summary>
    public static Fault? Judge(EndpointPlan plan, IPostStore store, IFileStore files, string caller, long bytes)
    {
        if (files.FreeBytes is { } free && free - bytes < plan.Upload!.DiskReserve)
        {
            return UploadFaults.DiskReserve(plan.Upload);
        }

        LimitsDeclaration limits = plan.Declaration.Limits;
        if (limits is { CallerBytes: null, EndpointBytes: null })
        {
            return null;
        }

        using var reader = store.Read();
        foreach (var room in Of(plan, caller, bytes, opens: false))
        {
            if (!room.Holds(reader.UsageOf(room.Endpoint, room.Caller)))
            {
                return UploadFaults.Of(room, limits);
            }
        }

        return null;
    }
}
