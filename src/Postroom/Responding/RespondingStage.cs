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
        var page = Accept.PrefersPage(exchange.Http.Request.Headers.Accept);
        if (exchange.Fault is { } fault)
        {
            await RefuseAsync(exchange, fault, page);
            return;
        }

        WriteHeaders(exchange);
        if (page && exchange.Answer!.Status >= StatusCodes.Status400BadRequest)
        {
            response.StatusCode = exchange.Answer.Status;
            var refusal = StoredRefusal.Read(exchange.Answer);
            await FaultResponse.WritePageAsync(
                response, ErrorPages.Render(refusal, exchange.AnswerEntry, exchange.Plan));
            return;
        }

        if (page)
        {
            // RFC 9110 §15.4.4: 303 makes the browser fetch the next page with GET: reloading sends nothing again.
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = exchange.Answer!.Redirect ?? receipts.Address(exchange.AnswerEntry);
            return;
        }

        await WriteAnswerAsync(exchange);
    }

    private static async ValueTask WriteAnswerAsync(PostExchange exchange)
    {
        var response = exchange.Http.Response;
        var answer = exchange.Answer!;
        response.StatusCode = answer.Status;
        response.ContentType = answer.Status < 400 ? "application/json" : ProblemAnswer.MediaType;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        response.ContentLength = answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body, CancellationToken.None);
    }

    private async ValueTask RefuseAsync(PostExchange exchange, Fault fault, bool page)
    {
        var response = exchange.Http.Response;
        FaultResponse.WriteHead(response, fault, exchange.BodyIsRead);
        if (page && forms.TryRender(exchange, fault, out var html))
        {
            await FaultResponse.WritePageAsync(response, html, exchange.Plan.Declaration.Redirect);
            return;
        }

        if (page)
        {
            await FaultResponse.WritePageAsync(response, ErrorPages.Render(fault, exchange.Id, exchange.Plan));
            return;
        }

        await FaultResponse.WriteProblemAsync(response, fault);
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
