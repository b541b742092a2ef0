using System.Text;
using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans.Uploads;

namespace Postroom.Parsing.Uploads;

/// <summary>Makes the fields of a form of what stands beside a file that does not come in one.</summary>
internal static class UploadFields
{
    /// <summary>The name under which a file stands that comes without a form.</summary>
    public static byte[] FieldOf(UploadPlan plan) =>
        Encoding.UTF8.GetBytes(plan.IsList ? plan.Field + "[]" : plan.Field);

    /// <summary>The document of a file and the texts beside it, with the limits that a form has.</summary>
    /// <param name="rules">The endpoint's.</param>
    /// <param name="plan">The endpoint's.</param>
    /// <param name="name">The file's name, cleaned.</param>
    /// <param name="texts">The texts: names and values as they came.</param>
    public static ParsedBody Build(
        FormRules rules, UploadPlan plan, string name, IReadOnlyList<KeyValuePair<string, byte[]>> texts)
    {
        LimitsDeclaration limits = rules.Limits;
        using FormFields fields = new(256);
        if (texts.Count >= limits.Fields)
        {
            return ParsedBody.Refused(ParsingFaults.TooManyFields(limits.Fields));
        }

        foreach (var (key, value) in texts)
        {
            byte[] field = Encoding.UTF8.GetBytes(key);
            if (Judge(field, value, limits) is { } fault)
            {
                return ParsedBody.Refused(fault);
            }

            fields.Add(new FormField(fields.Append(field), field.Length, fields.Append(value), value.Length));
        }

        AddFile(fields, FieldOf(plan), name);
        return FormDocument.Build(fields, rules);
    }

    /// <summary>Adds the only file.</summary>
    public static void AddFile(FormFields fields, byte[] field, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        fields.Add(new FormField(fields.Append(field), field.Length, fields.Append(text), text.Length, File: 0));
    }

    private static Fault? Judge(byte[] field, byte[] value, LimitsDeclaration limits) =>
        field.Length > limits.Name ? ParsingFaults.NameTooLong(limits.Name)
        : value.Length > limits.Value ? ParsingFaults.ValueTooLong(field, limits.Value)
        : Utf8.IsValid(value) ? null
        : ParsingFaults.NotUtf8;
}
