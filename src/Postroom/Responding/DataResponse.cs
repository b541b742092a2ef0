using Microsoft.AspNetCore.Http;
using Postroom.Answers;

namespace Postroom.Responding;

/// <summary>An answer for programs on the wire: the JSON that we rendered, or XML that is made of it.</summary>
internal static class DataResponse
{
    public static ValueTask WriteAnswerAsync(HttpResponse response, ReadOnlyMemory<byte> json, AnswerFormat format) =>
        format switch
        {
            AnswerFormat.Json => WriteAsync(response, json, "application/json"),
            AnswerFormat.TextXml => WriteXmlAsync(response, XmlAnswer.Render(json), XmlAnswer.TextMediaType),
            _ => WriteXmlAsync(response, XmlAnswer.Render(json), XmlAnswer.MediaType),
        };

    public static ValueTask WriteProblemAsync(HttpResponse response, ReadOnlyMemory<byte> json, AnswerFormat format) =>
        format == AnswerFormat.Json
            ? WriteAsync(response, json, ProblemAnswer.MediaType)
            : WriteXmlAsync(response, XmlAnswer.RenderProblem(json), XmlAnswer.ProblemMediaType);

    private static ValueTask WriteXmlAsync(HttpResponse response, ReadOnlyMemory<byte> xml, string mediaType)
    {
        response.Headers.ContentSecurityPolicy = XmlAnswer.Policy;
        return WriteAsync(response, xml, mediaType);
    }

    private static async ValueTask WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body, string mediaType)
    {
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, CancellationToken.None);
    }
}
