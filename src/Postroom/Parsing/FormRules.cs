using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>What an endpoint's declaration says about reading its bodies, compiled once.</summary>
internal sealed class FormRules
{
    public FormRules(
        CompiledSchema schema, LimitsDeclaration limits, IEnumerable<string> honeypots, bool cleansText)
    {
        Shape = FormShapeCompiler.Compile(schema);
        Limits = limits;
        Control = new ControlNames(honeypots, Shape);
        CleansText = cleansText;
    }

    public FormShape Shape { get; }

    public LimitsDeclaration Limits { get; }

    public ControlNames Control { get; }

    /// <summary>Whether text is trimmed and its line breaks become LF.</summary>
    public bool CleansText { get; }
}
