using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>What follows a change of a record: the record with its tag, or, where that is preferred, nothing.</summary>
internal static class RecordResponse
{
    public static async ValueTask WriteAsync(PostExchange exchange, AnswerFormat format)
    {
        // Records are for programs; a browser that asks for a page gets the JSON.
        format = format == AnswerFormat.Page ? AnswerFormat.Json : format;
        var response = exchange.Http.Response;
        var answer = exchange.Answer!;
        if (answer.Status >= StatusCodes.Status400BadRequest)
        {
            response.StatusCode = answer.Status;
            await DataResponse.WriteProblemAsync(response, answer.Body, format);
            return;
        }

        WriteHead(response, answer, format);
        if (answer.Body.IsEmpty)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        // Who sends items that stand and fall alone must hear which of them fell.
        if (exchange.Action != PostAction.Import && Preference.IsMinimal(exchange.Http.Request.Headers["Prefer"]))
        {
            response.Headers["Preference-Applied"] = "return=minimal";
            response.StatusCode = answer.Status == StatusCodes.Status201Created
                ? StatusCodes.Status201Created
                : StatusCodes.Status204NoContent;
            return;
        }

        response.StatusCode = answer.Status;
        await DataResponse.WriteAnswerAsync(response, answer.Body, format);
    }

    private static void WriteHead(HttpResponse response, StoredAnswer answer, AnswerFormat format)
    {
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (!answer.Body.IsEmpty && RecordAnswer.VersionOf(answer.Body.Span) is { } version)
        {
            response.Headers.ETag = EntityTag.Of(version, isXml: format != AnswerFormat.Json);
        }
    }
}
