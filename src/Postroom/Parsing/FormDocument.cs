using System.Text;
using Postroom.Faults;
using Postroom.Parsing.Uploads;

namespace Postroom.Parsing;

/// <summary>
/// Gathers a form's fields, whatever notation they came in, into one document. The rules of the text stand here once:
/// cleaned, no NUL, an empty box is absent, control fields go aside.
/// </summary>
internal sealed class FormDocument : IDisposable
{
    private readonly byte[] _text;
    private readonly FormRules _rules;
    private readonly ControlNames _names;
    private readonly FormTree _tree;
    private readonly bool _mayHaveControls;
    private Dictionary<string, string>? _control;

    /// <param name="text">The buffer in which names and values stand; cleaned in place.</param>
    /// <param name="rules">The endpoint's rules.</param>
    /// <param name="hasAccessKey">Whether a field marks it as a form of Web3Forms.</param>
    /// <param name="fields">About how many fields will come.</param>
    /// <param name="mayHaveControls">False when no text holds a control character.</param>
    public FormDocument(
        byte[] text, FormRules rules, bool hasAccessKey, int fields = 0, bool mayHaveControls = true)
    {
        _text = text;
        _rules = rules;
        _names = hasAccessKey && rules.KeyedControl is { } keyed ? keyed : rules.Control;
        _mayHaveControls = mayHaveControls;
        _tree = new FormTree(text, rules, fields);
    }

    public FormTree Tree => _tree;

    /// <summary>Makes the document of decoded pairs.</summary>
    public static ParsedBody Build(FormFields fields, FormRules rules)
    {
        if (fields.HadInvalidUtf8)
        {
            return ParsedBody.Refused(ParsingFaults.NotUtf8);
        }

        bool hasAccessKey = rules.KeyedControl is not null && AccessKey.Marks(fields);
        using FormDocument document = new(fields.Bytes, rules, hasAccessKey, fields.Count, fields.MayHaveControls);
        int length = 0;
        for (int index = 0; index < fields.Count; index++)
        {
            FormField field = fields[index];
            length += field.NameLength + field.ValueLength + 8;
            if (document.AddField(field) is { } fault)
            {
                return ParsedBody.Refused(fault);
            }
        }

        return document.Finish(length);
    }

    /// <summary>Adds one pair of texts.</summary>
    public Fault? AddField(FormField field)
    {
        if (ReadName(ref field) is { } nameFault)
        {
            return nameFault;
        }

        ReadOnlySpan<byte> name = _text.AsSpan(field.NameStart, field.NameLength);
        if (IsControl(name))
        {
            if (field.File >= 0)
            {
                return ParsingFaults.FileUnexpected(name, FileField.PointerOf(name));
            }

            (int controlStart, int controlLength) = Clean(field.ValueStart, field.ValueLength);
            return AddControl(name, _text.AsSpan(controlStart, controlLength));
        }

        return _tree.Place(field.NameStart, field.NameLength, FormNodeKind.Values, out int node)
            ?? AddText(node, field.ValueStart, field.ValueLength, field.File);
    }

    /// <summary>Tells by the name before its brackets: <c>_x[a]</c> is a control field like <c>_x</c>.</summary>
    public bool IsControl(ReadOnlySpan<byte> name)
    {
        int open = name.IndexOf((byte)'[');
        return _names.Holds(open > 0 ? name[..open] : name);
    }

    /// <summary>Unifies a name's line breaks, as for values, and refuses names that no field can have.</summary>
    public Fault? ReadName(ref FormField field)
    {
        Span<byte> name = _text.AsSpan(field.NameStart, field.NameLength);
        if (name.IsEmpty)
        {
            return ParsingFaults.NameMissing;
        }

        if (!_mayHaveControls || !name.ContainsAny((byte)0, (byte)'\r'))
        {
            return null;
        }

        field = field with { NameLength = _rules.CleansText ? FormText.UnifyLines(name) : name.Length };
        return name.Contains((byte)0) ? ParsingFaults.Nul("") : null;
    }

    /// <summary>Adds a text to its place; an empty one leaves the place absent.</summary>
    public Fault? AddText(int node, int start, int length, int file = -1)
    {
        (start, length) = Clean(start, length);
        if (_mayHaveControls && _text.AsSpan(start, length).Contains((byte)0))
        {
            return ParsingFaults.Nul(_tree.PointerOf(node));
        }

        if (length > 0)
        {
            _tree.AddValue(node, start, length, isJson: false, file);
        }

        return null;
    }

    /// <summary>Sets a field aside that speaks to the server; an empty one is absent.</summary>
    public Fault? AddControl(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
        {
            return ParsingFaults.Nul("/" + Encoding.UTF8.GetString(name));
        }

        if (value.IsEmpty)
        {
            return null;
        }

        _control ??= new Dictionary<string, string>(StringComparer.Ordinal);
        return _control.TryAdd(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value))
            ? null
            : ParsingFaults.ControlRepeated(name);
    }

    /// <summary>Writes what was gathered.</summary>
    public ParsedBody Finish(int sizeHint)
    {
        // Twice what it takes: the pool keeps one array of each size for a thread, and the form's fields have theirs.
        using JsonOutput output = new(sizeHint * 2);
        return WriteTo(output) is not { } fault
            ? ParsedBody.Rewritten(output.ToArray(), _control, _tree.Files)
            : ParsedBody.Refused(fault);
    }

    public Fault? WriteTo(JsonOutput output) => FormTreeWriter.Write(_tree, output, _rules.Limits.Depth);

    public void Dispose() => _tree.Dispose();

    /// <summary>Cleans a text in place and tells where it stands then.</summary>
    public (int Start, int Length) Clean(int start, int length)
    {
        if (!_rules.CleansText)
        {
            return (start, length);
        }

        Span<byte> text = _text.AsSpan(start, length);
        if (!_mayHaveControls && (length == 0 || !FormText.HasWhiteSpaceAtEnds(text)))
        {
            return (start, length);
        }

        (int offset, int cleaned) = FormText.Clean(text);
        return (start + offset, cleaned);
    }
}
