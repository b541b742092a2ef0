using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postroom.Answers;
using Postroom.Authorization;
using Postroom.Exchange;
using Postroom.Execution;
using Postroom.Faults;
using Postroom.Parsing;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Validation;

namespace Postroom.Hosting;

/// <summary>
/// The way of a refused POST that is run again: the stages that judge and store, with the plan of now, the body and
/// the time of then, and nobody signed in. Keys and repeats have no part: a refusal takes no key.
/// </summary>
internal sealed partial class SecondRun(
    ParsingStage parsing,
    AuthorizationStage authorization,
    ValidationStage validation,
    ExecutionStage execution,
    IPostStore store,
    TimeProvider time,
    ILogger<SecondRun> logger)
{
    private readonly IPostStage[] _stages = [parsing, authorization, validation, execution];

    public async ValueTask<SecondRunVerdict> RunAsync(EndpointPlan plan, Entry held)
    {
        var exchange = new PostExchange();
        exchange.BeginAgain(RequestOf(held), plan, held, time);
        exchange.Caller = new Caller
        {
            Address = CallerAddress.Local,
            Principal = Caller.Nobody,
            Name = Caller.Anonymous,
        };
        exchange.PageOrigin = held.Origin;
        try
        {
            foreach (var stage in _stages)
            {
                if (await stage.RunAsync(exchange) is { } fault)
                {
                    return await ConcludeAsync(exchange, held, fault);
                }
            }

            return exchange.HeldReason is null ? SecondRunVerdict.Stored : SecondRunVerdict.HeldAsSpam;
        }
        finally
        {
            exchange.End();
        }
    }

    private static DefaultHttpContext RequestOf(Entry held)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        http.Request.Path = held.Endpoint;
        http.Request.ContentType = held.BodyType;
        http.Request.ContentLength = held.Body.Length;
        http.Request.Headers.UserAgent = held.Agent;
        http.Request.Body = new MemoryStream(held.Body.ToArray(), writable: false);
        return http;
    }

    private async ValueTask<SecondRunVerdict> ConcludeAsync(PostExchange exchange, Entry held, Fault fault)
    {
        if (fault.Kind.Status >= StatusCodes.Status500InternalServerError)
        {
            Log.Failed(logger, held.Id, fault.Kind.Code);
            return SecondRunVerdict.Failed;
        }

        if (fault.Kind.Code == FaultCatalogue.Conflict.Code)
        {
            using var reader = store.Read();
            var now = reader.FindEntry(held.Id);
            return now?.State == EntryState.Held && now.Reason == held.Reason
                ? SecondRunVerdict.Failed
                : SecondRunVerdict.Late;
        }

        // The same guard as a success has: a slow refusal never overwrites what was stored meanwhile.
        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = [new EntryInState(held.Id, EntryState.Held, held.Reason)],
            Writes =
            [
                new DeleteEntry(held.Id, KeepKey: false),
                new InsertEntry(held with
                {
                    Reason = RefusedReason.Of(fault.Kind.Code),
                    Answer = ProblemAnswer.Render(fault),
                    Document = Quarantine.DocumentOf(exchange),
                }),
            ],
        });
        return outcome.Verdict switch
        {
            UnitVerdict.Committed => SecondRunVerdict.Refused,
            UnitVerdict.Refused => SecondRunVerdict.Late,
            _ => SecondRunVerdict.Failed,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(41, LogLevel.Warning,
            "The held entry {Entry} could not be run again: {Code}. It stays as it is.")]
        public static partial void Failed(ILogger logger, EntryId entry, string code);
    }
}
