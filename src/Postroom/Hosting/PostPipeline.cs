using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postroom.Authorization;
using Postroom.Exchange;
using Postroom.Execution;
using Postroom.Faults;
using Postroom.Idempotency;
using Postroom.Parsing;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;
using Postroom.Validation;

namespace Postroom.Hosting;

/// <summary>
/// The way of a POST, from the socket to the answer, and of what else changes records. This is the one place that
/// knows the order.
/// </summary>
internal sealed partial class PostPipeline(
    ReceivingStage receiving,
    ParsingStage parsing,
    AuthorizationStage authorization,
    IdempotencyStage idempotency,
    ValidationStage validation,
    ExecutionStage execution,
    RespondingStage responding,
    KeysInFlight inFlight,
    IPostStore store,
    PostObserver observer,
    Quarantine quarantine,
    TimeProvider time,
    ILogger<PostPipeline> logger)
{
    private const int PoolMax = 1024;
    private readonly ConcurrentQueue<PostExchange> _pool = new();
    private int _pooled;

    private readonly IPostStage[] _stages =
    [
        receiving,      // what needs no body: caller, origin, rate, length, media type, key
        parsing,        // any format into one document, schema faults noted on the way
        authorization,  // may this caller do this? asked anew for every repeat
        idempotency,    // a repeat is answered here, before any fault of the schema counts
        validation,     // all faults at once; spam is held
        execution,      // one unit: guards and writes, committed and fsynced before anything is said
    ];

    public Task RunAsync(HttpContext http, EndpointPlan plan) => RunAsync(http, plan, PostAction.Create, default);

    /// <summary>PUT, PATCH and DELETE go the same way: they change what POST has made.</summary>
    public async Task RunAsync(HttpContext http, EndpointPlan plan, PostAction action, EntryId target)
    {
        var exchange = Rent();
        exchange.Begin(http, plan, store.Ids.Next(), time);
        exchange.Aim(action, target);
        try
        {
            exchange.Fault = await RunStagesAsync(exchange);
            var isKept = Quarantine.Keeps(exchange);
            if (!isKept)
            {
                await LetGoAsync(exchange);
            }

            await responding.RunAsync(exchange);
            exchange.Clock.Ended("responding");
            observer.Ended(exchange);
            if (isKept)
            {
                await quarantine.KeepAsync(exchange);
            }
        }
        catch (Exception exception)
        {
            await FailAsync(exchange, exception);
        }

        await LetGoAsync(exchange);
        exchange.End();
        Return(exchange);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Fault?> RunStagesAsync(PostExchange exchange)
    {
        try
        {
            foreach (var stage in _stages)
            {
                var fault = await stage.RunAsync(exchange);
                exchange.Clock.Ended(stage.Name);
                if (fault is not null || exchange.Answer is not null)
                {
                    return fault;
                }
            }

            throw new InvalidOperationException("A POST came to the end of its way without an answer.");
        }
        finally
        {
            if (exchange.Claim is { } claim)
            {
                inFlight.Leave(claim);
            }
        }
    }

    /// <summary>What cannot be removed now is swept later.</summary>
    private async ValueTask LetGoAsync(PostExchange exchange)
    {
        if (exchange.Staged is not { } staged)
        {
            return;
        }

        exchange.Staged = null;
        try
        {
            await staged.EndAsync();
        }
        catch (Exception failure)
        {
            Log.FilesLeft(logger, failure);
        }
    }

    private async Task FailAsync(PostExchange exchange, Exception exception)
    {
        Log.Failed(logger, exception, exchange.Plan.Path, exchange.Id);
        exchange.Answer = null;
        exchange.Fault = exchange.MayBeStored ? InternalFault.Unclear(exchange.Id)
            : exception is StoreUnreachableException ? StoreFault.From(UnitOutcome.Busy)
            : InternalFault.From(exchange.Id);
        if (exchange.Http.Response.HasStarted)
        {
            exchange.Http.Abort();
        }
        else
        {
            ForgetHeaders(exchange.Http.Response.Headers);
            await responding.RunAsync(exchange);
        }

        observer.Ended(exchange);
    }

    /// <summary>
    /// Takes back what was said of an answer, not what lets a page of another origin read it (Fetch §3.2).
    /// </summary>
    private static void ForgetHeaders(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.ToArray())
        {
            if (name is not ("Vary" or "Strict-Transport-Security")
                && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
            {
                headers.Remove(name);
            }
        }
    }

    private PostExchange Rent()
    {
        if (_pool.TryDequeue(out var exchange))
        {
            Interlocked.Decrement(ref _pooled);
            return exchange;
        }

        return new PostExchange();
    }

    private void Return(PostExchange exchange)
    {
        if (Interlocked.Increment(ref _pooled) <= PoolMax)
        {
            _pool.Enqueue(exchange);
        }
        else
        {
            Interlocked.Decrement(ref _pooled);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A POST to {Path} failed. Reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string path, EntryId reference);

        [LoggerMessage(2, LogLevel.Warning, "Files of a POST could not be removed. They are swept later.")]
        public static partial void FilesLeft(ILogger logger, Exception exception);
    }
}
