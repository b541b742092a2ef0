using System.Buffers;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;

namespace Postroom.Inbox;

/// <summary>Writes answers of the inbox, each with every header that a page of ours has.</summary>
internal static class ConsoleAnswer
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>A page: rendered whole before the first byte goes out, so that a fault in it is a clean 500.</summary>
    public static Task PageAsync(HttpContext context, int status, HtmlPage page)
    {
        var output = new ArrayBufferWriter<byte>(FirstBytes);
        page.WriteTo(new HtmlWriter(output));
        return HtmlAsync(context, status, output.WrittenMemory);
    }

    /// <summary>A page that Answers renders.</summary>
    public static Task PageAsync(HttpContext context, int status, Action<HtmlWriter> page)
    {
        var output = new ArrayBufferWriter<byte>(FirstBytes);
        page(new HtmlWriter(output));
        return HtmlAsync(context, status, output.WrittenMemory);
    }

    /// <summary>Leads on with GET (RFC 9110 §15.4.4), so that reloading repeats nothing.</summary>
    public static Task SeeOther(HttpContext context, HtmlUrl target)
    {
        AddHeaders(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = target.ToString();
        return Task.CompletedTask;
    }

    public static void AddHeaders(HttpResponse response)
    {
        foreach (var (name, value) in HtmlHeaders.All)
        {
            response.Headers[name] = value;
        }
    }

    private static Task HtmlAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        AddHeaders(context.Response);
        context.Response.StatusCode = status;
        if (status >= StatusCodes.Status400BadRequest)
        {
            UnreadBody.Close(context);
        }

        context.Response.ContentType = HtmlHeaders.ContentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
