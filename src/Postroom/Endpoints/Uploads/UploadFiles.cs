using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Authorization;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Uploads;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>Files that are finished: who may download and delete them, and links to them.</summary>
internal sealed class UploadFiles(
    UploadStore uploads, UploadFlow flow, UploadDownload download, UploadLinks links, IPostStore store,
    IFileStore files, CallerReader callers, TimeProvider time)
{
    private static readonly TimeSpan s_linkDefault = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_linkMost = TimeSpan.FromDays(7);

    /// <summary>Sends a file, or why not; false where there is an upload that is open.</summary>
    public async ValueTask<bool> SendAsync(PostExchange exchange, EntryId id)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);
        if (uploads.Find(id) is not { } upload || upload.Endpoint != plan.Path)
        {
            await FaultResponse.RefuseAsync(http, UploadFaults.NotFound, plan);
            return true;
        }

        if (upload.State != UploadState.Finished)
        {
            return false;
        }

        if (download.Find(upload) is not { } found)
        {
            await FaultResponse.RefuseAsync(http, UploadFaults.NotFound, plan);
            return true;
        }

        var query = http.Request.Query;
        var isLinked = query.ContainsKey("signature")
            && links.IsValid(id, query["expires"].ToString(), query["signature"].ToString(), time.GetUtcNow());
        if (!isLinked && JudgeAccess(plan.Upload!.Read, exchange.Caller, found.Entry) is { } refused)
        {
            await FaultResponse.RefuseAsync(http, refused, plan);
            return true;
        }

        await download.SendAsync(http, plan, found.File);
        return true;
    }

    /// <summary>Gives whoever may download a file an address that is enough by itself for a time.</summary>
    public async ValueTask LinkAsync(HttpContext http, EndpointPlan plan, EntryId id)
    {
        var caller = callers.Read(http);
        CrossOrigin.AllowReading(http, plan, caller);
        if (uploads.Find(id) is not { State: UploadState.Finished } upload || upload.Endpoint != plan.Path
            || download.Find(upload) is not { } found)
        {
            await FaultResponse.RefuseAsync(http, UploadFaults.NotFound, plan);
            return;
        }

        var asked = http.Request.Query["seconds"].ToString();
        var isNumber = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        var most = (long)s_linkMost.TotalSeconds;
        var fault = JudgeAccess(plan.Upload!.Read, caller, found.Entry)
            ?? (asked.Length > 0 && (!isNumber || seconds < 1 || seconds > most)
                ? UploadFaults.Malformed($"`seconds` must be 1 to {most}.")
                : null);
        if (fault is not null)
        {
            await FaultResponse.RefuseAsync(http, fault, plan);
            return;
        }

        var expires = time.GetUtcNow().ToUnixTimeSeconds()
            + (isNumber ? seconds : (long)s_linkDefault.TotalSeconds);
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("url"u8, UploadAnswer.Address(plan.Path, id) + links.QueryOf(id, expires));
            json.WriteString("expires"u8, DateTimeOffset.FromUnixTimeSeconds(expires)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await DataResponse.WriteAnswerAsync(http.Response, output.WrittenMemory, AnswerFormat.Json);
    }

    /// <summary>
    /// Cancels an upload that is open; deletes the entry of one that is finished, with all its files.
    /// </summary>
    public async ValueTask<UploadReply> DeleteAsync(PostExchange exchange, EntryId id)
    {
        if (uploads.Find(id) is not { } upload || upload.Endpoint != exchange.Plan.Path)
        {
            return UploadFaults.NotFound;
        }

        if (upload.State != UploadState.Finished)
        {
            return uploads.FindOwn(exchange.Plan, exchange.Caller, id) is null
                ? UploadFaults.NotFound
                : await flow.CancelAsync(exchange, id);
        }

        if (download.Find(upload) is not { } found)
        {
            return UploadFaults.NotFound;
        }

        if (JudgeAccess(exchange.Plan.Upload!.Delete, exchange.Caller, found.Entry) is { } refused)
        {
            return refused;
        }

        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = [new EntryInState(found.Entry.Id, EntryState.Stored)],
            Writes = [new DeleteEntry(found.Entry.Id, KeepKey: true)],
        });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            return outcome.Verdict == UnitVerdict.Refused ? UploadFaults.NotFound : StoreFault.From(outcome);
        }

        await files.DeleteAllAsync(found.Entry.Files);
        return new UploadReply(null);
    }

    private static Fault? JudgeAccess(UploadAccess rule, Caller caller, Entry entry)
    {
        if (rule.Admits(caller.Principal, caller.Name, entry.Owner))
        {
            return null;
        }

        // RFC 9110 §11.6.1: a 401 names at least one way to sign in.
        return caller.IsAnonymous && entry.Owner is not null
            ? new Fault(FaultCatalogue.Unauthenticated, "Sign in first: this file is for known callers only.")
            {
                Headers = [new("WWW-Authenticate", "Bearer")],
            }
            : new Fault(FaultCatalogue.Forbidden, "This is not for you to do with this file. Ask its owner.");
    }
}
