using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Postroom.Answers;
using Postroom.Hosting;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>
/// The files of an entry, and the body of a refused one, to be saved. What strangers sent is never shown as a page of
/// this origin: it is an attachment, of a type that no browser runs, under a policy that lets nothing in it run.
/// </summary>
internal sealed class FilePages(Lazy<ConsoleServices> services)
{
    private const string Policy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public async Task SaveAsync(HttpContext context, ConsoleSession session)
    {
        if (Find(context) is not { } file || await services.Value.Files.OpenAsync(file.Id) is not { } bytes)
        {
            await MissingAsync(context, session);
            return;
        }

        await using (bytes)
        {
            WriteHeaders(context.Response, file.Name, bytes.Length);
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
            }
        }
    }

    public async Task SaveBodyAsync(HttpContext context, ConsoleSession session)
    {
        if (FindEntry(context) is not { BodyType: not null } entry || !await HasFilesAsync(entry))
        {
            await MissingAsync(context, session);
            return;
        }

        await using var body = new KeptBodyStream(entry, services.Value.Files);
        WriteHeaders(context.Response, $"{entry.Id}.body", body.Length);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private async Task<bool> HasFilesAsync(Entry entry)
    {
        foreach (var file in entry.Files)
        {
            if (await services.Value.Files.OpenAsync(file.Id) is not { } bytes)
            {
                return false;
            }

            await bytes.DisposeAsync();
        }

        return true;
    }

    private static void WriteHeaders(HttpResponse response, string name, long length)
    {
        ConsoleAnswer.AddHeaders(response);
        response.Headers.ContentSecurityPolicy = Policy;

        // RFC 6266 §4.3: filename for old clients in ASCII, filename* (RFC 8187) with every letter for the others.
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentType = MediaTypeNames.Application.Octet;
        response.ContentLength = length;
    }

    private EntryFile? Find(HttpContext context) =>
        EntryId.TryParse(context.Request.RouteValues["file"] as string, out var file)
            ? FindEntry(context)?.Files.FirstOrDefault(known => known.Id == file)
            : null;

    private Entry? FindEntry(HttpContext context)
    {
        if (!EntryId.TryParse(context.Request.RouteValues["id"] as string, out var id))
        {
            return null;
        }

        using var reader = services.Value.Store.Read();
        return reader.FindEntry(id);
    }

    private static Task MissingAsync(HttpContext context, ConsoleSession session) => ConsoleAnswer.PageAsync(
        context, StatusCodes.Status404NotFound, ConsoleFrame.Around(
            session, ConsolePaths.Inbox, "No such file", html => html.Write($"""
                <div class="empty"><h1>No such file</h1><p>Its entry was deleted, or it never was.</p>
                <p><a href="{HtmlUrl.Of(ConsolePaths.Inbox)}">Back to the inbox</a></p></div>
                """)));
}
