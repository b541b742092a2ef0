using System.Buffers;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Responding;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources;

/// <summary>The records of a resource that a query asks for, newest first unless it says otherwise, page by page.
/// </summary>
internal sealed class RecordListing(IPostStore store, TimeProvider time)
{
    private const int CountedMax = 1_000_000;
    private readonly QueryBody _bodies = new(time);

    /// <summary>GET and HEAD: the query stands in the address.</summary>
    public Task RunAsync(HttpContext http, EndpointPlan plan, Caller caller) =>
        RunAsync(http, plan, caller, new ReadQuery(http.Request.Query), isInAddress: true);

    /// <summary>POST to the address of queries, and QUERY: it stands in the body.</summary>
    public async Task RunBodyAsync(HttpContext http, EndpointPlan plan, Caller caller)
    {
        var (fault, query) = AccessPolicy.Judge(plan, RecordAction.List, caller) is { IsDenied: true } denied
            ? (denied.Fault, new ReadQuery(QueryCollection.Empty))
            : await _bodies.ReadAsync(http);
        await (fault is null
            ? RunAsync(http, plan, caller, query, isInAddress: false)
            : FaultResponse.RefuseAsync(http, fault, plan));
    }

    private async Task RunAsync(HttpContext http, EndpointPlan plan, Caller caller, ReadQuery query, bool isInAddress)
    {
        var verdict = AccessPolicy.Judge(plan, RecordAction.List, caller);
        ListRequest? request = null;
        var fault = verdict.Fault ?? ListRequest.Read(plan, verdict.Owner, query, time.GetUtcNow(), out request);
        if (fault is not null)
        {
            await FaultResponse.RefuseAsync(http, fault, plan);
            return;
        }

        var page = Read(plan, caller, request!, out var next);
        var format = ReadResponse.Begin(http);
        if (next is not null && isInAddress)
        {
            // RFC 8288 §3; the parameters stay as they were asked for.
            http.Response.Headers.Link = $"<{plan.Path}{query.With("cursor", next)}>; rel=\"next\"";
        }

        await DataResponse.WriteAnswerAsync(http.Response, page, format);
    }

    private ReadOnlyMemory<byte> Read(EndpointPlan plan, Caller caller, ListRequest request, out string? next)
    {
        using var reader = store.Read();
        var page = reader.QueryRecords(request.Query);
        next = page.Next is { } last ? QueryCursor.Of(request.Query.Sorts, last) : null;
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write("{\"items\":["u8);
        for (var index = 0; index < page.Records.Count; index++)
        {
            if (index > 0)
            {
                output.Write(","u8);
            }

            if (request.Fields is { } fields)
            {
                fields.Write(
                    output,
                    RecordBodies.Render(plan, page.Records[index], request.Expansion, caller, reader).Span);
            }
            else
            {
                RecordBodies.Write(output, plan, page.Records[index], request.Expansion, caller, reader);
            }
        }

        output.Write("],\"next\":"u8);
        output.Write(next is null ? "null"u8 : System.Text.Encoding.ASCII.GetBytes($"\"{next}\""));
        if (request.Counts)
        {
            output.Write(",\"count\":"u8);
            output.Write(reader.CountRecords(request.Query, CountedMax) is { } count
                ? System.Text.Encoding.ASCII.GetBytes(count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                : "null"u8);
        }

        output.Write("}"u8);
        return output.WrittenMemory;
    }
}
