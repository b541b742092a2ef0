using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;

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
