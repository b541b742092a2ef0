using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// Knows a repeat and answers it from the stored answer, before any fault of the schema is judged: a changed schema
/// or clock never breaks a replay. The rows named in the tests are those of docs/idempotency.md.
/// </summary>
internal sealed class IdempotencyStage(
    IPostStore store, KeysInFlight inFlight, KeyIdentity identity, KeyQuota quota, TimeProvider time) : IPostStage
{
    // Row 8: a double click waits for the first answer, but not for ever.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    public string Name => "idempotency";

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        var fault = identity.Find(exchange);
        if (fault is not null)
        {
            return fault;
        }

        // What a request is like is no key: an endpoint that requires one is not content with it.
        fault = exchange.KeySource is KeySource.None or KeySource.Content ? JudgeMissing(exchange) : null;
        return fault is null && exchange.KeySource != KeySource.None ? await ClaimAsync(exchange) : fault;
    }

    private async ValueTask<Fault?> ClaimAsync(PostExchange exchange)
    {
        var deadline = time.GetUtcNow() + Wait(exchange);
        while (true)
        {
            var claim = inFlight.Enter(exchange.Key, exchange.Fingerprint, out var first);
            if (first)
            {
                exchange.Claim = claim;
                var match = await store.FindKeyAsync(exchange.Key, exchange.ReceivedAt);
                return Replay(exchange, match) ?? await AfterLookupAsync(exchange);
            }

            // Row 6: another content under the same key, whatever the state of the first.
            if (claim.Fingerprint != exchange.Fingerprint)
            {
                return KeyReuse.Of(exchange.KeySource);
            }

            if (!await WaitAsync(claim, deadline - time.GetUtcNow()))
            {
                return InUse();
            }
        }
    }

    /// <summary>Rows 5 and 6: the stored answer for the same request, a constant refusal for another.</summary>
    private static Fault? Replay(PostExchange exchange, KeyMatch? match)
    {
        if (match is null)
        {
            return null;
        }

        if (match.Fingerprint != exchange.Fingerprint)
        {
            return KeyReuse.Of(exchange.KeySource);
        }

        if (match.Answer is null)
        {
            return JudgeRemoved(exchange);
        }

        exchange.Replay(match);
        return null;
    }

    /// <summary>
    /// A key that outlives its entry keeps a late repeat from bringing it back; mere likeness does not.
    /// </summary>
    private static Fault? JudgeRemoved(PostExchange exchange)
    {
        if (exchange.KeySource != KeySource.Content)
        {
            return RemovedEntry.Fault;
        }

        exchange.ForgetKey();
        return null;
    }

    private ValueTask<Fault?> AfterLookupAsync(PostExchange exchange) => exchange switch
    {
        { Answer: null } => new(quota.Judge(exchange)),
        { KeySource: KeySource.Content } => RepeatKeeper.KeepAsync(exchange, store),
        _ => default,
    };

    private async ValueTask<bool> WaitAsync(KeyClaim claim, TimeSpan left)
    {
        if (claim.Ended.IsCompleted)
        {
            return true;
        }

        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await claim.Ended.WaitAsync(left, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>
    /// Rows 7 and 8: <c>Prefer: wait=N</c> (RFC 7240 §4.3) says how long the caller would wait, at most 10 seconds; a
    /// form waits that long unless told otherwise, so that two clicks get the same answer.
    /// </summary>
    private static TimeSpan Wait(PostExchange exchange)
    {
        var asked = Preference.Wait(exchange.Http.Request.Headers["Prefer"]);
        return asked is { } wait && wait < WaitMax ? wait : WaitMax;
    }

    private static Fault? JudgeMissing(PostExchange exchange) =>
        exchange.Plan.Declaration.Idempotency.Mode != IdempotencyMode.Required
            || exchange.Action is PostAction.Replace or PostAction.Delete // idempotent by themselves (RFC 9110 §9.2.2)
                or PostAction.Confirm // what is confirmed stays so
            ? null
            : new Fault(FaultCatalogue.KeyMissing,
                "Send the header `Idempotency-Key` with a random value, made once for each message and kept for its "
                + "retries.")
            {
                Headers = [new("Link", $"<{FaultCatalogue.KeyMissing.Type}>; rel=\"describedby\"; type=\"text/html\"")],
            };

    private static Fault InUse() => new(FaultCatalogue.KeyInUse,
        "The same request is being processed at this moment. Send it again with the same key to get its answer.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
