using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Server.Commands;

/// <summary>What a declaration compiles to, for commands that serve nothing.</summary>
internal static class DeclaredPlans
{
    /// <param name="declaration">What was read.</param>
    /// <param name="faults">Takes what is wrong; with any the plans are not complete.</param>
    public static List<EndpointPlan> Compile(PostroomDeclaration declaration, List<DeclarationFault> faults)
    {
        var plans = declaration.Endpoints
            .Select(endpoint => PlanCompiler.Compile(declaration, endpoint, null, null, faults))
            .OfType<EndpointPlan>().ToList();
        PlanCompiler.Link(plans, faults);
        return plans;
    }
}
