using System.Text.Json;

namespace Postroom.Answers;

/// <summary>What was entered before, by JSON Pointer: shown again with the faults.</summary>
internal sealed class FormValues
{
    private readonly Dictionary<string, List<string>> _values = [];

    private FormValues()
    {
    }

    /// <summary>Nothing was entered yet: fields show their defaults.</summary>
    public static FormValues None { get; } = new();

    /// <summary>False for a form that is shown for the first time.</summary>
    public bool Any => _values.Count > 0;

    /// <summary>
    /// Reads a document. What is not JSON gives no values: the form is then shown empty, with its faults.
    /// </summary>
    /// <param name="document">UTF-8 JSON.</param>
    public static FormValues Read(ReadOnlyMemory<byte> document)
    {
        var values = new FormValues();
        try
        {
            using var json = JsonDocument.Parse(document, JsonText.Options);
            values.Gather("", json.RootElement);
        }
        catch (JsonException)
        {
            return None;
        }

        return values;
    }

    /// <summary>The values of a field: none, one, or those of a list in order.</summary>
    public IReadOnlyList<string> Of(string pointer) => _values.TryGetValue(pointer, out var values) ? values : [];

    private void Gather(string pointer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Gather(FieldNames.Append(pointer, JsonText.Name(member)), member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray().Where(item => JsonText.IsScalar(item)))
                {
                    Add(pointer, JsonText.Scalar(item));
                }

                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                Add(pointer, JsonText.Scalar(value));
                break;
        }
    }

    private void Add(string pointer, string text)
    {
        if (_values.TryGetValue(pointer, out var values))
        {
            values.Add(text);
        }
        else
        {
            _values.Add(pointer, [text]);
        }
    }
}
