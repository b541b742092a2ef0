using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>What an endpoint's declaration says about reading its bodies, compiled once.</summary>
internal sealed class FormRules
{
    public FormRules(
        CompiledSchema schema, LimitsDeclaration limits, IReadOnlyCollection<string> honeypots, bool cleansText,
        FormService? service = null)
    {
        Shape = FormShapeCompiler.Compile(schema);
        Limits = limits;
        Control = new ControlNames(honeypots, Shape, service);
        KeyedControl = service is null && !Shape.Declares(AccessKey.Name)
            ? new ControlNames(honeypots, Shape, FormService.Web3Forms)
            : null;
        CleansText = cleansText;
        TakesList = (Shape.Types & (SchemaTypes.Array | SchemaTypes.Object)) == SchemaTypes.Array;
        Items = TakesList ? new FormRules(this) : null;
    }

    /// <summary>The items of a list are data: nothing in them speaks to the server.</summary>
    private FormRules(FormRules list)
    {
        Shape = list.Shape.Items;
        Limits = list.Limits;
        Control = ControlNames.None;
        CleansText = list.CleansText;
    }

    public FormShape Shape { get; }

    public LimitsDeclaration Limits { get; }

    public ControlNames Control { get; }

    /// <summary>Takes the place of <see cref="Control"/> in a body with an access key; null when none counts.</summary>
    public ControlNames? KeyedControl { get; }

    /// <summary>Whether text is trimmed and its line breaks become LF.</summary>
    public bool CleansText { get; }

    /// <summary>True when the schema is a list and no object.</summary>
    public bool TakesList { get; }

    /// <summary>True when a top-level name is a field's and has no brackets to follow.</summary>
    public bool IsPlainName(ReadOnlySpan<byte> name) =>
        !name.Contains((byte)'[') && !Control.Holds(name)
        && !(KeyedControl is not null && name.SequenceEqual(AccessKey.Name));

    /// <summary>True when the text of a field, which is not empty, stays as it is.</summary>
    public bool IsPlainText(ReadOnlySpan<byte> text) => !(CleansText
        ? FormText.HasWhiteSpaceAtEnds(text) || text.ContainsAny((byte)0, (byte)'\r')
        : text.Contains((byte)0));

    /// <summary>The rules of a list's items; null when the document is no list.</summary>
    public FormRules? Items { get; }
}
