using Postroom.Declarations.Yaml;
using Postroom.Faults;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>idempotency</c>: a mode, or an object.</summary>
internal static class IdempotencyReader
{
    private static readonly string[] Modes = ["optional", "required"];

    public static IdempotencyDeclaration Read(LoadScope scope, SourceMapping endpoint)
    {
        var declared = new IdempotencyDeclaration();
        if (endpoint.Text("idempotency") is { } mode)
        {
            if (!Modes.Contains(mode.Text))
            {
                scope.Fault(mode, "`idempotency` is `optional`, `required` or an object, not "
                    + $"`{Excerpt.Of(mode.Text)}`." + NearestName.Suggest(mode.Text, Modes));
            }

            return declared with { Mode = ModeOf(mode) };
        }

        if (endpoint.Mapping("idempotency") is not { } mapping)
        {
            return declared;
        }

        var measures = new MeasureReader(scope, mapping);
        return new()
        {
            Mode = ModeOf(mapping.Text("mode")),
            Keep = measures.Duration("keep", TimeSpan.FromMinutes(1), TimeSpan.FromDays(90)) ?? declared.Keep,
            SameContent = measures.Duration(
                "sameContent", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), canBeOff: true),
            RefuseLate = mapping.Flag("refuseLate") ?? declared.RefuseLate,
        };
    }

    private static IdempotencyMode ModeOf(SourceScalar? text) =>
        text?.Text == "required" ? IdempotencyMode.Required : IdempotencyMode.Optional;
}
