using System.Text.Json;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Output;

/// <summary>Writes what a walk found in the formats of JSON Schema Core, section 12.</summary>
internal static class OutputWriter
{
    public static void Write(
        Utf8JsonWriter writer, SchemaOutputFormat format, SchemaFaults faults, SchemaNode root, bool isValid)
    {
        if (format == SchemaOutputFormat.Flag || isValid)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("valid", isValid);
            writer.WriteEndObject();
            return;
        }

        OutputUnit[] units = faults.Malformation is { } malformation
            ? [new OutputUnit("", "") { Error = malformation.Message }]
            : [.. Enumerable.Range(0, faults.Count).Select(index => Unit(root, faults[index], faults.NodeOf(index)))];
        if (format == SchemaOutputFormat.Basic)
        {
            new OutputUnit("", "").With(units).Write(writer);
            return;
        }

        var whole = new OutputUnit("", units[0].InstanceLocation);
        Array.ForEach(units, whole.Add);
        whole.Condensed().Write(writer);
    }

    private static OutputUnit Unit(SchemaNode root, SchemaFault fault, SchemaNode node)
    {
        // These point to a member, while the schema that refused judged the array or object that has or lacks it.
        string judged = fault.Code is FaultCodes.Required or FaultCodes.AdditionalProperty or FaultCodes.AdditionalItem
            or FaultCodes.UnevaluatedProperty or FaultCodes.UnevaluatedItem or FaultCodes.DuplicateItem
            ? fault.Pointer[..fault.Pointer.LastIndexOf('/')]
            : fault.Pointer;
        string instance = fault.Code == FaultCodes.Required ? judged : fault.Pointer;
        string Behind(string path) => fault.Keyword.Length == 0 ? path : PointerText.Append(path, fault.Keyword);
        return new OutputUnit(Behind(EvaluationPath.Find(root, node, judged)), instance)
        {
            AbsoluteLocation = node.Place.BaseUri.Length == 0 ? null : Behind(node.Place.Absolute),
            Error = fault.Message,
        };
    }
}
