using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Responding;

namespace Postroom.Endpoints.Resources;

/// <summary>What every answer with records begins with.</summary>
internal static class ReadResponse
{
    /// <summary>Chooses the form; a browser that asks for a page gets the JSON.</summary>
    public static AnswerFormat Begin(HttpContext http)
    {
        var format = Negotiation.Choose(http);
        var headers = http.Response.Headers;

        // Each time asked for, since a record changes; what is known already is answered with 304.
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        return format == AnswerFormat.Page ? AnswerFormat.Json : format;
    }
}
