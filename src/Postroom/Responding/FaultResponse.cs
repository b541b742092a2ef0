using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Faults;

namespace Postroom.Responding;

/// <summary>A refusal on the wire, for POSTs and for everything else that can be refused.</summary>
internal static class FaultResponse
{
    public static void WriteHead(HttpResponse response, Fault fault)
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

        // Bytes of a body that was not read could be taken for the next request.
        if (fault.ClosesConnection && response.HttpContext.Request.Protocol == "HTTP/1.1")
        {
            response.Headers.Connection = "close";
        }
    }

    public static async ValueTask WriteProblemAsync(HttpResponse response, Fault fault)
    {
        var output = new ArrayBufferWriter<byte>(512);
        ProblemAnswer.Write(output, fault);
        response.ContentType = ProblemAnswer.MediaType;
        response.ContentLength = output.WrittenCount;
        await response.BodyWriter.WriteAsync(output.WrittenMemory, CancellationToken.None);
    }

    /// <param name="response">The answer.</param>
    /// <param name="html">The page.</param>
    /// <param name="formLeadsTo">For a form: the address of another origin to which its POST redirects.</param>
    public static async ValueTask WritePageAsync(
        HttpResponse response, ReadOnlyMemory<byte> html, string? formLeadsTo = null)
    {
        foreach (var (name, value) in HtmlHeaders.ForFormLeadingTo(formLeadsTo))
        {
            response.Headers[name] = value;
        }

        response.ContentType = HtmlHeaders.ContentType;
        response.ContentLength = html.Length;
        await response.BodyWriter.WriteAsync(html, CancellationToken.None);
    }
}
