using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Authorization;

/// <summary>
/// Decides, once, what this caller may do; every time anew, also before a repeat is answered, so that a permission
/// that was taken back counts for the stored answer too.
/// </summary>
internal sealed class AuthorizationStage : IPostStage
{
    public string Name => "authorization";

    public ValueTask<Fault?> RunAsync(PostExchange exchange) => new(Judge(exchange));

    private static Fault? Judge(PostExchange exchange)
    {
        var rule = exchange.Plan.Access;
        if (rule.IsPublic)
        {
            return null;
        }

        if (exchange.Caller.IsAnonymous)
        {
            // RFC 9110 §11.6.1: a 401 names at least one way to sign in.
            return new Fault(FaultCatalogue.Unauthenticated,
                "Sign in first: this endpoint takes messages from known callers only.")
            {
                Headers = [new("WWW-Authenticate", "Bearer")],
            };
        }

        return rule.Admits(exchange.Caller.Principal)
            ? null
            : new Fault(FaultCatalogue.Forbidden,
                "You are signed in, but not allowed to post here. Ask the owner of the endpoint.");
    }
}
