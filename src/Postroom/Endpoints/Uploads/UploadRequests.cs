using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>Every request for an endpoint for uploads and its files but a POST in one shot, which goes the way of all
/// POSTs.</summary>
internal sealed partial class UploadRequests(
    UploadFlow flow, UploadFiles stored, UploadList list, Preflight preflight, CallerReader callers, IPostStore store,
    TimeProvider time, ILogger<UploadRequests> logger)
{
    private const string CollectionMethods = "GET, HEAD, OPTIONS, POST";
    private const string ItemMethods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST";

    /// <summary>
    /// A request for the endpoint itself. A POST in one shot goes the way of all POSTs, once it is known that its
    /// sender may post: nobody else's bytes are taken.
    /// </summary>
    public Task RunAnyAsync(HttpContext http, EndpointPlan plan, Func<HttpContext, EndpointPlan, Task> post)
    {
        if (http.Request.Method != HttpMethods.Post || UploadProtocol.Of(http.Request) is not null)
        {
            return RunAsync(http, plan);
        }

        return plan.Access.IsPublic ? post(http, plan) : GuardedAsync(http, plan, async exchange =>
        {
            if (flow.JudgeSender(exchange) is { } fault)
            {
                await FaultResponse.RefuseAsync(http, fault, plan);
                return;
            }

            await post(http, plan);
        });
    }

    /// <summary>Gives a link to a file.</summary>
    public Task LinkAsync(HttpContext http, EndpointPlan plan, string id) => GuardedAsync(http, plan, _ =>
        (HttpMethods.IsGet(http.Request.Method), EntryId.TryParse(id, out var file)) switch
        {
            (false, _) => RefuseMethodAsync(http, plan, "GET"),
            (_, false) => new ValueTask(FaultResponse.RefuseAsync(http, UploadFaults.NotFound, plan)),
            _ => stored.LinkAsync(http, plan, file),
        });

    private Task RunAsync(HttpContext http, EndpointPlan plan) => GuardedAsync(http, plan, async exchange =>
    {
        switch (http.Request.Method)
        {
            case "OPTIONS":
                AnswerOptions(http, plan, CollectionMethods);
                break;
            case "POST":
                await CreateAsync(exchange, UploadProtocol.Of(http.Request)!);
                break;
            case "GET" or "HEAD":
                var caller = callers.Read(http);
                CrossOrigin.AllowReading(http, plan, caller);
                await list.SendAsync(http, plan, caller);
                break;
            default:
                await RefuseMethodAsync(http, plan, CollectionMethods);
                break;
        }
    });

    /// <summary>A request for one file or upload.</summary>
    public Task RunAsync(HttpContext http, EndpointPlan plan, string id) => GuardedAsync(http, plan, exchange =>
        EntryId.TryParse(id, out var upload)
            ? RunAsync(exchange, upload)
            : new ValueTask(FaultResponse.RefuseAsync(http, UploadFaults.NotFound, plan)));

    private async ValueTask RunAsync(PostExchange exchange, EntryId id)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);
        switch (MethodOf(http.Request))
        {
            case "OPTIONS":
                AnswerOptions(http, plan, ItemMethods);
                break;
            case "PATCH":
                await AppendAsync(exchange, id);
                break;
            case "DELETE":
                await DeleteAsync(exchange, id);
                break;
            case "GET" or "HEAD":
                await ReadAsync(exchange, id);
                break;
            default:
                await RefuseMethodAsync(http, plan, ItemMethods);
                break;
        }
    }

    private async ValueTask CreateAsync(PostExchange exchange, UploadProtocol protocol)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);
        UploadReply reply = (flow.Judge(exchange) ?? protocol.Judge(http.Request)) is { } fault
            ? fault
            : await flow.CreateAsync(exchange, protocol);
        Log.Answered(logger, "POST", plan.Path, reply.Fault?.Kind.Code ?? "begun", reply.Upload?.Id ?? default,
            reply.Upload?.Offset ?? 0);
        if (reply.Fault is not null)
        {
            await protocol.RefuseAsync(http, plan, reply, exchange.BodyIsRead);
            return;
        }

        NameEntry(exchange);
        await protocol.AnswerStartAsync(http, plan, reply);
    }

    private async ValueTask AppendAsync(PostExchange exchange, EntryId id)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);

        // A PATCH always speaks one of them; which one, its media type says where its headers do not.
        var protocol = UploadProtocol.Of(http.Request) ?? DraftProtocol.Instance;
        UploadReply reply = (flow.Judge(exchange) ?? protocol.Judge(http.Request)) is { } fault
            ? fault
            : await flow.AppendAsync(exchange, protocol, id);
        Log.Answered(logger, "PATCH", plan.Path, reply.Fault?.Kind.Code ?? (reply.Answer is null ? "taken" : "stored"),
            id, reply.Upload?.Offset ?? 0);
        if (reply.Fault is not null)
        {
            await protocol.RefuseAsync(http, plan, reply, exchange.BodyIsRead);
            return;
        }

        NameEntry(exchange);
        await protocol.AnswerPieceAsync(http, plan, reply);
    }

    private async ValueTask DeleteAsync(PostExchange exchange, EntryId id)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);
        var protocol = UploadProtocol.Of(http.Request) ?? DraftProtocol.Instance;
        UploadReply reply = (flow.Judge(exchange) ?? protocol.Judge(http.Request)) is { } fault
            ? fault
            : await stored.DeleteAsync(exchange, id);
        if (reply.Fault is not null)
        {
            await protocol.RefuseAsync(http, plan, reply, bodyIsRead: true);
            return;
        }

        // tus, termination: «the Server SHOULD free associated resources and MUST respond with the 204 No Content
        // status».
        protocol.Mark(http.Response);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>An upload that is open tells where it stands; one that is finished is the file.</summary>
    private async ValueTask ReadAsync(PostExchange exchange, EntryId id)
    {
        var (http, plan) = (exchange.Http, exchange.Plan);
        exchange.Caller = callers.Read(http);
        CrossOrigin.AllowReading(http, plan, exchange.Caller);
        var protocol = UploadProtocol.Of(http.Request);
        if (protocol is null && await stored.SendAsync(exchange, id))
        {
            return;
        }

        protocol ??= DraftProtocol.Instance;
        UploadReply reply = protocol.Judge(http.Request) is { } fault ? fault : await flow.StateAsync(exchange, id);
        if (reply.Fault is not null)
        {
            await protocol.RefuseAsync(http, plan, reply, bodyIsRead: true);
            return;
        }

        protocol.Mark(http.Response);
        protocol.Describe(http.Response, plan, reply.Upload!, time);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.StatusCode = protocol.StateStatus;
    }

    private void AnswerOptions(HttpContext http, EndpointPlan plan, string methods)
    {
        preflight.Answer(http, plan, methods);
        TusProtocol.DescribeServer(http.Response, plan);
        DraftProtocol.DescribeServer(http.Response, plan);
        http.Response.Headers["Accept-Patch"] = "application/offset+octet-stream, application/partial-upload";
    }

    private static void NameEntry(PostExchange exchange)
    {
        if (exchange.Answer is not null)
        {
            exchange.Http.Response.Headers["Postroom-Entry"] = exchange.AnswerEntry.ToString();
        }
    }

    // tus: «The X-HTTP-Method-Override request header MUST be a string which MUST be interpreted as the request's
    // method by the Server, if the header is presented.» Of a POST alone: a safe method must not become another one.
    private static string MethodOf(HttpRequest request) =>
        request.Method == HttpMethods.Post && request.Headers["X-HTTP-Method-Override"].ToString() is
            { Length: > 0 } method ? method : request.Method;

    private static ValueTask RefuseMethodAsync(HttpContext http, EndpointPlan plan, string methods) =>
        new(FaultResponse.RefuseAsync(
            http,
            new Fault(FaultCatalogue.MethodNotAllowed, $"This address knows {methods}.")
            {
                Headers = [new("Allow", methods)],
            },
            plan));

    private async Task GuardedAsync(HttpContext http, EndpointPlan plan, Func<PostExchange, ValueTask> run)
    {
        var exchange = new PostExchange();
        exchange.Begin(http, plan, store.Ids.Next(), time);
        try
        {
            await run(exchange);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, plan.Path, exchange.Id);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await FaultResponse.RefuseAsync(
                http,
                exception is StoreUnreachableException
                    ? StoreFault.From(UnitOutcome.Busy)
                    : InternalFault.From(exchange.Id),
                plan);
        }
        finally
        {
            exchange.End();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(51, LogLevel.Information, "{Method} {Path} {Outcome} {Upload} at {Offset}")]
        public static partial void Answered(
            ILogger logger, string method, string path, string outcome, EntryId upload, long offset);

        [LoggerMessage(52, LogLevel.Error, "A request for an upload at {Path} failed. Reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string path, EntryId reference);
    }
}
