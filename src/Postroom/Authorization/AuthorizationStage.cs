using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Authorization;

/// <summary>
/// Decides what this caller may do, as far as that depends on no record; every time anew, also before a repeat is
/// answered, so that a permission that was taken back counts for the stored answer too. Where a rule asks whose a
/// record is, that is decided with the record, in the unit.
/// </summary>
internal sealed class AuthorizationStage : IPostStage
{
    public string Name => "authorization";

    public ValueTask<Fault?> RunAsync(PostExchange exchange) =>
        new(exchange.Plan.Resource is null ? Judge(exchange) : JudgeAction(exchange));

    /// <summary>Whether this caller may post to the endpoint.</summary>
    public static Fault? Judge(PostExchange exchange)
    {
        var rule = exchange.Plan.Access;
        if (rule.IsPublic)
        {
            return null;
        }

        if (exchange.Caller.IsAnonymous)
        {
            return AccessFaults.SignIn("this endpoint takes messages from known callers only");
        }

        return rule.Admits(exchange.Caller.Principal)
            ? null
            : AccessFaults.Forbidden("to post here. Ask the owner of the endpoint");
    }

    private static Fault? JudgeAction(PostExchange exchange) => exchange.Action switch
    {
        PostAction.Create or PostAction.Batch or PostAction.Import => Judge(exchange, RecordAction.Create),
        PostAction.Update or PostAction.Confirm => Judge(exchange, RecordAction.Update),
        PostAction.Delete => Judge(exchange, RecordAction.Delete),

        // Whether a PUT creates or changes is not known yet: one of the two is enough to go on.
        _ => Judge(exchange, RecordAction.Update) is { } fault && Judge(exchange, RecordAction.Create) is not null
            ? fault
            : null,
    };

    private static Fault? Judge(PostExchange exchange, RecordAction action) =>
        AccessPolicy.Judge(exchange.Plan, action, exchange.Caller).Fault;
}
