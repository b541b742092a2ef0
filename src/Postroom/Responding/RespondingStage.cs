using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Responding;

/// <summary>Writes what was decided, in the form that the caller reads best. Nothing is decided here.</summary>
internal sealed class RespondingStage(FormPages forms, Receipts receipts)
{
    public async ValueTask RunAsync(PostExchange exchange)
    {
        var response = exchange.Http.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        var format = Negotiation.Choose(exchange.Http);
        if (exchange.Fault is { } fault)
        {
            await RefuseAsync(exchange, fault, format);
            return;
        }

        WriteHeaders(exchange);
        if (exchange.Plan.Resource is not null)
        {
            await RecordResponse.WriteAsync(exchange, format);
            return;
        }

        if (format != AnswerFormat.Page)
        {
            await WriteAnswerAsync(exchange, format);
            return;
        }

        if (exchange.Answer!.Status >= StatusCodes.Status400BadRequest)
        {
            response.StatusCode = exchange.Answer.Status;
            var refusal = StoredRefusal.Read(exchange.Answer);
            await FaultResponse.WriteAsync(response, refusal, format, exchange.AnswerEntry, exchange.Plan);
            return;
        }

        // RFC 9110 §15.4.4: 303 makes the browser fetch the next page with GET: reloading sends nothing again.
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = exchange.Answer!.Redirect ?? receipts.Address(exchange.AnswerEntry);
    }

    private static ValueTask WriteAnswerAsync(PostExchange exchange, AnswerFormat format)
    {
        var response = exchange.Http.Response;
        var answer = exchange.Answer!;
        response.StatusCode = answer.Status;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        return answer.Status >= StatusCodes.Status400BadRequest
            ? DataResponse.WriteProblemAsync(response, answer.Body, format)
            : DataResponse.WriteAnswerAsync(response, answer.Body, format);
    }

    private async ValueTask RefuseAsync(PostExchange exchange, Fault fault, AnswerFormat format)
    {
        var response = exchange.Http.Response;
        FaultResponse.WriteHead(response, fault, exchange.BodyIsRead);
        if (format == AnswerFormat.Page && forms.TryRender(exchange, fault, out var html))
        {
            await FaultResponse.WritePageAsync(response, html, exchange.Plan);
            return;
        }

        await FaultResponse.WriteAsync(response, fault, format, exchange.Id, exchange.Plan);
    }

    private static void WriteHeaders(PostExchange exchange)
    {
        var headers = exchange.Http.Response.Headers;
        headers["Postroom-Entry"] = exchange.AnswerEntry.ToString();
        if (exchange.KeySource == KeySource.None)
        {
            return;
        }

        var replayed = exchange.AnswerOrigin == AnswerOrigin.Replayed;
        headers["Idempotency-Status"] = replayed ? "replayed" : "created";
        headers["Idempotency-Expires"] = HttpDate(exchange.KeyExpiresAt);
        if (replayed)
        {
            headers["Idempotency-First-Seen"] = HttpDate(exchange.AnswerFirstSeen);
        }
    }

    private static string HttpDate(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("r", CultureInfo.InvariantCulture);
}
