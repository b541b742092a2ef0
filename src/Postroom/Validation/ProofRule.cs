using Postroom.Declarations;
using Postroom.Exchange;

namespace Postroom.Validation;

/// <summary>
/// Whether a browser has worked for this message. Whether its proof was used before is settled by the commit, which
/// uses it up.
/// </summary>
internal sealed class ProofRule(ProofChallenges challenges, TimeProvider time)
{
    public void Judge(PostExchange exchange)
    {
        if (exchange.Plan.Declaration.Spam.ProofOfWork is null)
        {
            return;
        }

        if (!exchange.Control.TryGetValue(ProofOfWorkDeclaration.Field, out var text))
        {
            exchange.Hold("no-proof", $"no proof of work came with it (`{ProofOfWorkDeclaration.Field}`)");
            return;
        }

        // What runs again is judged at the time at which it came.
        var now = exchange.Held is null ? time.GetUtcNow().ToUnixTimeMilliseconds() : exchange.ReceivedAt;
        var verdict = challenges.Judge(text, exchange.Plan, exchange.ReceivedAt, now);
        exchange.Proof = verdict.Use;
        if (verdict.Reason is { } reason)
        {
            exchange.Hold(reason, verdict.Evidence!);
        }
    }
}
