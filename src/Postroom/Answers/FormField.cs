namespace Postroom.Answers;

/// <summary>One field of a form, or a group of them.</summary>
internal sealed record FormField
{
    /// <summary>The name under which it is submitted, such as <c>address[street]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The JSON Pointer of its value in the document.</summary>
    public required string Pointer { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>How it is entered.</summary>
    public required FormControl Control { get; init; }

    /// <summary>A sentence of help; null for none.</summary>
    public string? Hint { get; init; }

    /// <summary>True when it must be filled in.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// True when it must be filled in as soon as another of its group is; the group itself may be left empty.
    /// </summary>
    public bool RequiredInGroup { get; init; }

    /// <summary>The fewest characters; null for any.</summary>
    public long? MinimumLength { get; init; }

    /// <summary>The most characters; null for any. For <see cref="FormControl.Repeated"/>, of each text.</summary>
    public long? MaximumLength { get; init; }

    /// <summary>A regular expression for the whole value, as the attribute <c>pattern</c> wants it.</summary>
    public string? Pattern { get; init; }

    /// <summary>The least number, as written in the schema.</summary>
    public string? Minimum { get; init; }

    /// <summary>The greatest number, as written in the schema.</summary>
    public string? Maximum { get; init; }

    /// <summary>The step of a number: <c>any</c> unless whole numbers are asked for.</summary>
    public string? Step { get; init; }

    /// <summary>What browsers may fill in: an autofill token; null for nothing in particular.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>What files may be, as the attribute <c>accept</c> wants it; null for any.</summary>
    public string? Accept { get; init; }

    /// <summary>What stands in it at first.</summary>
    public string? Default { get; init; }

    /// <summary>How many boxes <see cref="FormControl.Repeated"/> has at least.</summary>
    public int Boxes { get; init; } = 3;

    /// <summary>How many boxes <see cref="FormControl.Repeated"/> has at most.</summary>
    public int BoxesMaximum { get; init; } = 20;

    /// <summary>The choices.</summary>
    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>The fields of a group.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>
    /// The id of its element: unique, because only characters that stand for themselves stay as they are.
    /// </summary>
    public string ElementId => "field" + string.Concat(Pointer.Select(IdCharacter));

    private static string IdCharacter(char character) => character switch
    {
        '/' => "-",
        _ when char.IsAsciiLetterOrDigit(character) || character == '_' => character.ToString(),
        _ => $".{(int)character:x}.",
    };
}
