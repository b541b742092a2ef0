using Postroom.Declarations;

namespace Postroom.Parsing;

/// <summary>What a format is told of the request and of the endpoint that wants it.</summary>
public sealed record BodyContext
{
    /// <summary>The <c>charset</c> of <c>Content-Type</c> in lower case; null when it names none.</summary>
    public string? Charset { get; init; }

    /// <summary>The endpoint's limits.</summary>
    public required LimitsDeclaration Limits { get; init; }

    /// <summary>
    /// True when the endpoint's schema is a list: then the document is an array of objects, else it is one object.
    /// </summary>
    public bool TakesList { get; init; }

    /// <summary>The field for a body that is one text: the only string of the schema, else <c>text</c>.</summary>
    public string TextField { get; init; } = "text";

    /// <summary>What becomes of a form's texts, for formats that see to it themselves.</summary>
    internal FormRules? Rules { get; init; }

    /// <summary>Namespaces of XML whose names keep a prefix, by prefix.</summary>
    public required IReadOnlyDictionary<string, string> Namespaces { get; init; }
}
