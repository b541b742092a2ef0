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

/// <summary>GET and HEAD of the records of a resource, newest first, page by page.</summary>
internal sealed class RecordListing(IPostStore store)
{
    private const int LimitMax = 1000;
    private static readonly string[] s_parameters = ["cursor", "expand", "limit"];

    public async Task RunAsync(HttpContext http, EndpointPlan plan, Caller caller)
    {
        var query = new ReadQuery(http.Request.Query);
        var verdict = AccessPolicy.Judge(plan, RecordAction.List, caller);
        var list = new RecordList { Table = plan.Resource!.Table, Owner = verdict.Owner };
        var (limit, after, expansion) = (list.Limit, (EntryId?)null, Expansion.None);
        var fault = verdict.Fault ?? query.JudgeNames(s_parameters)
            ?? query.Limit(LimitMax, list.Limit, out limit)
            ?? RecordCursor.Parse(query.Text("cursor"), out after)
            ?? Expansion.Parse(plan, query.Text("expand"), out expansion);
        if (fault is not null)
        {
            await FaultResponse.RefuseAsync(http, fault, plan);
            return;
        }

        var page = Read(plan, caller, list with { Limit = limit, After = after }, expansion, out var next);
        var format = ReadResponse.Begin(http);
        if (next is not null)
        {
            // RFC 8288 §3; the parameters stay as they were asked for.
            http.Response.Headers.Link = $"<{plan.Path}{query.With("cursor", next)}>; rel=\"next\"";
        }

        await DataResponse.WriteAnswerAsync(http.Response, page, format);
    }

    private ReadOnlyMemory<byte> Read(
        EndpointPlan plan, Caller caller, RecordList list, Expansion expansion, out string? next)
    {
        using var reader = store.Read();
        var page = reader.ListRecords(list);
        next = page.Next is { } last ? RecordCursor.Of(last) : null;
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write("{\"items\":["u8);
        for (var index = 0; index < page.Records.Count; index++)
        {
            if (index > 0)
            {
                output.Write(","u8);
            }

            RecordBodies.Write(output, plan, page.Records[index], expansion, caller, reader);
        }

        output.Write("],\"next\":"u8);
        output.Write(next is null ? "null"u8 : System.Text.Encoding.ASCII.GetBytes($"\"{next}\""));
        output.Write("}"u8);
        return output.WrittenMemory;
    }
}
