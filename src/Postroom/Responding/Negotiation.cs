using Microsoft.AspNetCore.Http;
using Postroom.Answers;

namespace Postroom.Responding;

/// <summary>Chooses the form of an answer, and tells caches that another caller may get another one.</summary>
internal static class Negotiation
{
    /// <summary>RFC 9110 §12.5.5: a choice by a header of the request is named in <c>Vary</c>, each time.</summary>
    public static AnswerFormat Choose(HttpContext http)
    {
        var headers = http.Response.Headers;

        if (headers.Vary.Count == 0)
        {
            headers.Vary = "Accept";
        }
        else if (!headers.Vary.Contains("Accept"))
        {
            // Not there from an answer that failed before it went out.
            headers.Append("Vary", "Accept");
        }

        return Accept.Choose(http.Request.Headers.Accept);
    }
}
