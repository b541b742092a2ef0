using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// What a schema says of the types of a form's fields, compiled once per endpoint: text has no types, so the schema
/// tells whether "18" is a number and whether one value is an array.
/// </summary>
internal sealed class FormShape
{
    private const SchemaTypes Singles = SchemaTypes.String | SchemaTypes.Number | SchemaTypes.Boolean;

    private readonly Utf8NameMap<FormShape> _properties = new();
    private FormShape? _additional;
    private FormShape? _items;
    private bool _isPlain;

    internal FormShape(SchemaTypes types, bool isFile = false, string? fileType = null)
    {
        Types = types;
        IsFile = isFile;
        FileType = fileType;
    }

    /// <summary>Takes anything, changes nothing: text stays text.</summary>
    public static FormShape Anything { get; } = new(SchemaTypes.Any) { _isPlain = true };

    public SchemaTypes Types { get; }

    /// <summary>True when what stands here is a file's name.</summary>
    public bool IsFile { get; }

    /// <summary>The media type that the file must have; null for any.</summary>
    public string? FileType { get; }

    /// <summary>For the shape of a whole document: whether a place in it is a file's.</summary>
    public bool HasFiles { get; internal set; }

    /// <summary>True when neither this nor anything below it turns text into another type.</summary>
    public bool IsPlain => _isPlain;

    /// <summary>True when a text in this place may have to become something else than a string.</summary>
    public bool ConvertsText => Takes(SchemaTypes.Number) || Takes(SchemaTypes.Boolean) || WantsArray;

    /// <summary>True when a single value must stand in an array: no single value is accepted in this place.</summary>
    public bool WantsArray => (Types & (SchemaTypes.Array | Singles)) == SchemaTypes.Array;

    /// <summary>True when names such as <c>a[0]</c> mean members called "0" here, not positions.</summary>
    public bool IsObjectOnly => (Types & SchemaTypes.Object) != 0 && (Types & SchemaTypes.Array) == 0;

    public FormShape Items => _items ?? Anything;

    public FormShape Property(ReadOnlySpan<byte> name) => _properties.Find(name) ?? _additional ?? Anything;

    /// <summary>True when the schema names this property itself.</summary>
    public bool Declares(ReadOnlySpan<byte> name) => _properties.Find(name) is not null;

    /// <summary>
    /// True when this place takes the type and takes no strings: a text that reads as the type becomes it.
    /// </summary>
    public bool Takes(SchemaTypes type) => (Types & type) != 0 && (Types & SchemaTypes.String) == 0;

    internal void Add(string property, FormShape shape) => _properties.Add(property, shape);

    internal void Seal(FormShape? items, FormShape? additional) => (_items, _additional) = (items, additional);

    /// <summary>
    /// A shape is plain unless it, or what it reaches, converts text; settled by rounds since shapes may be rings.
    /// </summary>
    internal static void MarkPlain(ICollection<FormShape> shapes)
    {
        foreach (FormShape shape in shapes)
        {
            shape._isPlain = !shape.ConvertsText;
        }

        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (FormShape shape in shapes)
            {
                if (shape._isPlain && shape.ReachesConversion())
                {
                    shape._isPlain = false;
                    changed = true;
                }
            }
        }
    }

    private bool ReachesConversion() =>
        _items is { _isPlain: false } || _additional is { _isPlain: false }
        || _properties.Values.Any(property => !property._isPlain);
}
