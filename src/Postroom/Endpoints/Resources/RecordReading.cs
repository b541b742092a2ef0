using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Responding;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources;

/// <summary>GET and HEAD of one record.</summary>
internal sealed class RecordReading(IPostStore store)
{
    private static readonly string[] s_parameters = ["expand"];

    public async Task RunAsync(HttpContext http, EndpointPlan plan, Caller caller, EntryId id)
    {
        var query = new ReadQuery(http.Request.Query);
        if (AccessPolicy.Judge(plan, RecordAction.Read, caller) is { IsDenied: true } denied)
        {
            await FaultResponse.RefuseAsync(http, denied.Fault, plan);
            return;
        }

        if (query.JudgeNames(s_parameters) is { } unknown)
        {
            await FaultResponse.RefuseAsync(http, unknown, plan);
            return;
        }

        if (Expansion.Parse(plan, query.Text("expand"), out var expansion) is { } fault)
        {
            await FaultResponse.RefuseAsync(http, fault, plan);
            return;
        }

        var (record, body) = Read(plan, caller, id, expansion);
        await (record is null
            ? FaultResponse.RefuseAsync(http, RecordFaults.NotFound, plan)
            : AnswerAsync(http, record, body, expansion.IsEmpty));
    }

    private (Record? Record, ReadOnlyMemory<byte> Body) Read(
        EndpointPlan plan, Caller caller, EntryId id, Expansion expansion)
    {
        using var reader = store.Read();
        return reader.FindRecord(plan.Resource!.Table, id) is { } record && AccessPolicy.MayRead(plan, caller, record)
            ? (record, RecordBodies.Render(plan, record, expansion, caller, reader))
            : (null, default);
    }

    private static async Task AnswerAsync(HttpContext http, Record record, ReadOnlyMemory<byte> body, bool isPlain)
    {
        var format = ReadResponse.Begin(http);
        if (isPlain)
        {
            var tag = EntityTag.Of(record.Version, isXml: format != AnswerFormat.Json);
            http.Response.Headers.ETag = tag;
            http.Response.Headers.LastModified = DateTimeOffset.FromUnixTimeMilliseconds(record.UpdatedAt)
                .ToString("r", CultureInfo.InvariantCulture);
            if (Preconditions.Of(http.Request.Headers) is { } preconditions)
            {
                if (preconditions.JudgeReading(record) is { } fault)
                {
                    await FaultResponse.RefuseAsync(http, fault);
                    return;
                }

                if (preconditions.IsKnown(record, tag))
                {
                    http.Response.StatusCode = StatusCodes.Status304NotModified;
                    return;
                }
            }
        }

        await DataResponse.WriteAnswerAsync(http.Response, body, format);
    }
}
