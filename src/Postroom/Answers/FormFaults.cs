using Postroom.Faults;

namespace Postroom.Answers;

/// <summary>Which fault belongs to which field of a form.</summary>
internal sealed class FormFaults
{
    private readonly Dictionary<string, FormField> _fields = [];
    private readonly Dictionary<string, List<FieldFault>> _faults = [];

    public FormFaults(IReadOnlyList<FormField> fields, IReadOnlyList<FieldFault> faults)
    {
        Gather(fields);
        foreach (var fault in faults)
        {
            if (FieldOf(fault) is not { } field)
            {
                continue;
            }

            if (!_faults.TryGetValue(field.Pointer, out var list))
            {
                _faults.Add(field.Pointer, list = []);
            }

            list.Add(fault);
        }
    }

    /// <summary>The faults of a field.</summary>
    public IReadOnlyList<FieldFault> Of(FormField field) =>
        _faults.TryGetValue(field.Pointer, out var faults) ? faults : [];

    /// <summary>The field where a fault is to be corrected: that of its value, or the closest one around it.</summary>
    public FormField? FieldOf(FieldFault fault)
    {
        var pointer = fault.Pointer;
        while (pointer.Length > 0)
        {
            if (_fields.TryGetValue(pointer, out var field))
            {
                return field;
            }

            pointer = pointer[..Math.Max(pointer.LastIndexOf('/'), 0)];
        }

        return null;
    }

    /// <summary>
    /// The fault of a field as a sentence. A label that is a sentence itself is not made the beginning of another.
    /// </summary>
    public static string Sentence(FormField field, string message) =>
        field.Control == FormControl.Checkbox || field.Label.EndsWith('?') || field.Label.EndsWith('.')
            ? Sentence(field.Label.TrimEnd('.') + (field.Label.EndsWith('?') ? "" : ":"), message)
            : Sentence(field.Label, message);

    /// <summary>"Name" and "must be at most 200 characters" as one sentence.</summary>
    public static string Sentence(string label, string message)
    {
        var text = label.Length == 0 ? Capitalise(message) : $"{label} {message}";
        return text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";
    }

    private static string Capitalise(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void Gather(IReadOnlyList<FormField> fields)
    {
        foreach (var field in fields)
        {
            if (field.Control is not (FormControl.Hidden or FormControl.Unavailable))
            {
                _fields.TryAdd(field.Pointer, field);
            }

            Gather(field.Fields);
        }
    }
}
