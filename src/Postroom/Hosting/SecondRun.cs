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
    IFileStore files,
    TimeProvider time,
    ILogger<SecondRun> logger)
{
    private readonly IPostStage[] _stages = [parsing, authorization, validation, execution];

    public async ValueTask<SecondRunVerdict> RunAsync(EndpointPlan plan, Entry held)
    {
        if (!await HasItsFilesAsync(held))
        {
            var verdict = LateOrFailed(held);
            if (verdict == SecondRunVerdict.Failed)
            {
                Log.FileMissing(logger, held.Id);
            }

            return verdict;
        }

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

            // The entry names new files now: those that the second run has read.
            await files.DeleteAllAsync(held.Files);
            return exchange.HeldReason is null ? SecondRunVerdict.Stored : SecondRunVerdict.HeldAsSpam;
        }
        finally
        {
            if (exchange.Staged is { } staged)
            {
                await staged.EndAsync();
            }

            exchange.End();
        }
    }

    private async ValueTask<bool> HasItsFilesAsync(Entry held)
    {
        foreach (var file in held.Files)
        {
            await using var bytes = await files.OpenAsync(file.Id);
            if (bytes is null)
            {
                return false;
            }
        }

        return true;
    }

    private SecondRunVerdict LateOrFailed(Entry held)
    {
        using var reader = store.Read();
        var now = reader.FindEntry(held.Id);
        return now?.State == EntryState.Held && now.Reason == held.Reason
            ? SecondRunVerdict.Failed
            : SecondRunVerdict.Late;
    }

    private DefaultHttpContext RequestOf(Entry held)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        http.Request.Path = held.Endpoint;
        http.Request.ContentType = held.BodyType;
        http.Request.ContentLength = KeptBodyStream.LengthOf(held);
        http.Request.Headers.UserAgent = held.Agent;
        http.Request.Body = new KeptBodyStream(held, files);
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
            return LateOrFailed(held);
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

        [LoggerMessage(44, LogLevel.Error,
            "The held entry {Entry} could not be run again: a file of it is missing. Run `postroom verify`.")]
        public static partial void FileMissing(ILogger logger, EntryId entry);
    }
}
