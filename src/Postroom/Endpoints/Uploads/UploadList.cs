using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// The uploads that a caller has open, as JSON: page by page in the order begun. Somebody who is not signed in has no
/// list, since others share his address; in development this machine sees all.
/// </summary>
internal sealed class UploadList(IPostStore store, UploadTurns turns)
{
    private const int PageMax = 100;

    public async ValueTask SendAsync(HttpContext http, EndpointPlan plan, Caller caller)
    {
        var isOwner = plan.IsDevelopment && caller is { IsLoopback: true, IsForwarded: false };
        if (caller.IsAnonymous && !isOwner)
        {
            await FaultResponse.RefuseAsync(
                http,
                new Fault(FaultCatalogue.Unauthenticated, "Sign in to see the uploads that you have open here.")
                {
                    Headers = [new("WWW-Authenticate", "Bearer")],
                },
                plan);
            return;
        }

        var name = caller.IsAnonymous ? null : UploadCaller.NameOf(caller, store.Secret.Span);
        EntryId? after = EntryId.TryParse(http.Request.Query["after"], out var id) ? id : null;
        var output = new ArrayBufferWriter<byte>(1024);
        Write(output, plan, name, after);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await DataResponse.WriteAnswerAsync(http.Response, output.WrittenMemory, AnswerFormat.Json);
    }

    private void Write(ArrayBufferWriter<byte> output, EndpointPlan plan, string? name, EntryId? after)
    {
        using var reader = store.Read();
        var page = reader.ListUploads(plan.Path, name, after, PageMax + 1);
        var usage = reader.UsageOf(plan.Path, name);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("uploads"u8);
        foreach (var upload in page.Take(PageMax))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, upload.Id.ToString());
            json.WriteString("url"u8, UploadAnswer.Address(plan.Path, upload.Id));
            json.WriteString("name"u8, UploadMetadata.Read(upload.Metadata).Name);
            json.WriteNumber("offset"u8, upload.Offset);
            json.WritePropertyName("length"u8);
            if (upload.Length is { } length)
            {
                json.WriteNumberValue(length);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteBoolean("receiving"u8, turns.IsTaken(upload.Id));
            json.WriteString("created"u8, Time(upload.CreatedAt));
            json.WriteString("expires"u8, Time(upload.ExpiresAt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("open"u8, usage.Open);
        json.WriteNumber("bytes"u8, usage.Bytes);
        if (page.Count > PageMax)
        {
            json.WriteString("next"u8, $"{plan.Path}?after={page[PageMax - 1].Id}");
        }

        json.WriteEndObject();
    }

    private static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
