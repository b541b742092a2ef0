using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Parsing;

/// <summary>Tells in words why a text is not the JSON that is wanted.</summary>
internal static class JsonFault
{
    public static Fault From(Malformation malformation, EndpointPlan plan, bool isJson) => malformation.Code switch
    {
        "empty" => new Fault(FaultCatalogue.EmptyBody, "The body is empty. Send the fields in it."),
        "too-deep" => new Fault(FaultCatalogue.LimitExceeded,
            $"The body is nested more than {plan.Declaration.Limits.Depth} levels deep. Flatten it.")
        {
            Limit = new LimitFault("limits.depth", plan.Declaration.Limits.Depth),
        },
        _ when !isJson => new Fault(FaultCatalogue.MalformedBody,
            "The body cannot be read: " + malformation.Message),
        _ => new Fault(FaultCatalogue.MalformedJson,
            $"The body is not valid JSON at line {malformation.Line}, column {malformation.Column}: "
            + malformation.Message),
    };
}
