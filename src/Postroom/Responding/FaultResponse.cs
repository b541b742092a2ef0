using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>A refusal on the wire, for POSTs and for everything else that can be refused.</summary>
internal static class FaultResponse
{
    /// <param name="response">The answer.</param>
    /// <param name="fault">The refusal.</param>
    /// <param name="bodyIsRead">True when the body was read to its end, so that the connection can go on.</param>
    public static void WriteHead(HttpResponse response, Fault fault, bool bodyIsRead = false)
    {
        response.StatusCode = fault.Kind.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        foreach (var (name, value) in fault.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (fault.RetryAfter is { } pause)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault.ClosesConnection)
        {
            UnreadBody.CloseConnection(response.HttpContext);
        }
        else if (!bodyIsRead)
        {
            UnreadBody.Close(response.HttpContext);
        }
    }

    /// <summary>The whole of a refusal that no stage of a POST made, in the form that the caller reads best.</summary>
    /// <param name="http">The request and its answer.</param>
    /// <param name="fault">The refusal.</param>
    /// <param name="plan">The endpoint; null where there is none.</param>
    public static Task RefuseAsync(HttpContext http, Fault fault, EndpointPlan? plan = null)
    {
        WriteHead(http.Response, fault);
        return WriteAsync(http.Response, fault, Negotiation.Choose(http), default, plan).AsTask();
    }

    /// <summary>The body of a refusal, in the form that was chosen.</summary>
    public static ValueTask WriteAsync(
        HttpResponse response, Fault fault, AnswerFormat format, EntryId reference, EndpointPlan? plan)
    {
        if (format == AnswerFormat.Page)
        {
            return WritePageAsync(response, ErrorPages.Render(fault, reference, plan));
        }

        var output = new ArrayBufferWriter<byte>(512);
        ProblemAnswer.Write(output, fault);
        return DataResponse.WriteProblemAsync(response, output.WrittenMemory, format);
    }

    /// <param name="response">The answer.</param>
    /// <param name="html">The page.</param>
    /// <param name="form">The endpoint whose form the page holds; null when it holds none.</param>
    public static ValueTask WritePageAsync(
        HttpResponse response, ReadOnlyMemory<byte> html, EndpointPlan? form = null)
    {
        var declared = form?.Declaration;
        return WritePageAsync(response, html, HtmlHeaders.ForForm(
            declared?.Redirect, asksForProof: declared?.Spam.ProofOfWork is not null));
    }

    /// <param name="response">The answer.</param>
    /// <param name="html">The page.</param>
    /// <param name="headers">What goes with it.</param>
    public static async ValueTask WritePageAsync(
        HttpResponse response, ReadOnlyMemory<byte> html, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        response.ContentType = HtmlHeaders.ContentType;
        response.ContentLength = html.Length;
        await response.BodyWriter.WriteAsync(html, CancellationToken.None);
    }
}
