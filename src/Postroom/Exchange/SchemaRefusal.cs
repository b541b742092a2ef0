using System.Globalization;
using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Exchange;

/// <summary>Makes one refusal of all faults of a document, with a message that a page can show as it is.</summary>
internal static class SchemaRefusal
{
    private const int NamedMax = 5;

    public static Fault From(
        SchemaFaults faults, IReadOnlyList<FieldFault> fileFaults, RespondDeclaration respond, bool isList)
    {
        var errors = new List<FieldFault>(faults.Count + fileFaults.Count);
        for (var index = 0; index < faults.Count; index++)
        {
            var fault = faults[index];
            errors.Add(new FieldFault(fault.Pointer, fault.Code, fault.Message));
        }

        errors.AddRange(fileFaults);
        var isRequired = respond.Required is not null && errors.TrueForAll(error => error.Code == "required");
        return new Fault(FaultCatalogue.ValidationFailed, isRequired ? respond.Required! : Describe(errors, isList))
        {
            Errors = errors,
        };
    }

    private static string Describe(List<FieldFault> errors, bool isList)
    {
        var text = new StringBuilder();
        foreach (var error in errors.Take(NamedMax))
        {
            text.Append(text.Length == 0 ? "" : " ").Append(isList ? NameInList(error.Pointer) : Name(error.Pointer));
            text.Append(' ').Append(error.Message).Append('.');
        }

        if (errors.Count > NamedMax)
        {
            text.Append(" And ").Append(errors.Count - NamedMax).Append(" more.");
        }

        return text.ToString();
    }

    /// <summary>The place in a list, counted as people count: <c>/0/name</c> is "Name of item 1".</summary>
    private static string NameInList(string pointer)
    {
        var end = pointer.IndexOf('/', Math.Min(1, pointer.Length));
        var first = pointer.AsSpan(0, end < 0 ? pointer.Length : end).TrimStart('/');
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return Name(pointer);
        }

        return end < 0 ? $"Item {index + 1}" : $"{Name(pointer[end..])} of item {index + 1}";
    }

    /// <summary>A pointer as people say it: <c>/address/zip_code</c> is "Address zip code".</summary>
    private static string Name(string pointer)
    {
        if (pointer.Length == 0)
        {
            return "The body";
        }

        var words = pointer[1..]
            .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            .Replace('/', ' ').Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? "The field \"\"" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
