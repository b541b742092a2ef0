using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// The body of an upload that comes in one request: a file that is the whole body, or a form with files.
/// </summary>
internal static class UploadBody
{
    /// <summary>Judges what the headers say before any byte is read.</summary>
    public static Fault? Judge(PostExchange exchange, IPostStore store, IFileStore files, out ExpectedDigest? digest)
    {
        HttpRequest request = exchange.Http.Request;
        string caller = UploadCaller.NameOf(exchange.Caller, store.Secret.Span);
        return DigestOf(request, out digest)
            ?? JudgeType(request.ContentType)
            ?? UploadRooms.Judge(exchange.Plan, store, files, caller, request.ContentLength ?? 0);
    }

    /// <summary>
    /// RFC 9530: of a request whose content is the whole representation, both fields say the same.
    /// </summary>
    public static Fault? DigestOf(HttpRequest request, out ExpectedDigest? digest)
    {
        string content = request.Headers["Content-Digest"].ToString();
        return ExpectedDigest.ReadField(
            content.Length > 0 ? content : request.Headers["Repr-Digest"].ToString(), out digest);
    }

    /// <summary>Reads a body that is one file.</summary>
    public static async ValueTask<ParsedBody> ReadAsync(
        PipeReader source, FormRules rules, EndpointPlan plan, IHeaderDictionary headers, FileIntake intake)
    {
        string name = RequestFileName.Of(headers);
        byte[] field = UploadFields.FieldOf(plan.Upload!);
        Fault? fault = await intake.BeginAsync(field, name, RequestFileName.TypeOf(headers.ContentType));
        for (bool isEnd = false; fault is null && !isEnd;)
        {
            ReadResult read = await source.ReadAsync(CancellationToken.None);
            isEnd = read.IsCompleted;
            fault = await intake.WriteAsync(read.Buffer);
            source.AdvanceTo(read.Buffer.End);
        }

        fault ??= intake.End(out _);
        return fault is null ? UploadFields.Build(rules, plan.Upload!, name, []) : ParsedBody.Refused(fault);
    }

    /// <summary>What a form without its `enctype` sends holds the name of the file and not the file.</summary>
    private static Fault? JudgeType(string? contentType) =>
        contentType?.StartsWith(MediaTypeNames.Urlencoded, StringComparison.OrdinalIgnoreCase) == true
            ? new Fault(FaultCatalogue.MediaTypeUnsupported,
                "Form data without files came. Give the form `enctype=\"multipart/form-data\"`, or send the file "
                + "itself as the body with a `Content-Type` of its own, such as `application/octet-stream`.")
            {
                ClosesConnection = true,
            }
            : null;
}
