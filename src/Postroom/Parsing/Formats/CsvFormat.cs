using System.Text;
using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// <c>text/csv</c> (RFC 4180) with a header row that names the fields; each further row is an object. Empty lines are
/// skipped, empty fields are absent, and cells that a spreadsheet would take for formulas are text like any other.
/// </summary>
internal sealed class CsvFormat : IBodyFormat
{
    public string Name => BodyFormatNames.Csv;

    public IReadOnlyList<string> MediaTypes => ["text/csv"];

    public bool HasTypes => false;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        if (!Utf8.IsValid(body))
        {
            return FormatFaults.NotUtf8(FaultCatalogue.MalformedCsv, "CSV", body);
        }

        CsvReader reader = new(ByteOrderMark.Skip(body));
        if (ReadHeader(ref reader, context.Limits, out List<byte[]> names) is { } fault)
        {
            return fault;
        }

        if (context.TakesList)
        {
            document.StartArray();
        }

        int rows = 0;
        while (!document.Failed && reader.NextRow())
        {
            if (Judge(++rows, context) is { } tooMany)
            {
                return tooMany;
            }

            if (ReadRow(ref reader, names, context.Limits, document) is { } rowFault)
            {
                return rowFault;
            }
        }

        if (rows == 0 && !context.TakesList)
        {
            return new Fault(FaultCatalogue.MalformedCsv, "The CSV has a header and no row below it. Add the row.");
        }

        if (context.TakesList)
        {
            document.EndArray();
        }

        return null;
    }

    private static Fault? Judge(int rows, BodyContext context) =>
        rows > 1 && !context.TakesList ? FormatFaults.OneOnly(FaultCatalogue.MalformedCsv, "row")
        : rows > context.Limits.Items ? FormatFaults.TooManyItems(context.Limits.Items)
        : null;

    private static Fault? ReadHeader(ref CsvReader reader, LimitsDeclaration limits, out List<byte[]> names)
    {
        names = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        bool hasRow = reader.NextRow();
        while (hasRow && reader.NextField(out ReadOnlySpan<byte> name))
        {
            if (names.Count == limits.Fields)
            {
                return ParsingFaults.TooManyFields(limits.Fields);
            }

            if (name.Length > limits.Name)
            {
                return ParsingFaults.NameTooLong(limits.Name);
            }

            if (name.IsEmpty)
            {
                return new Fault(FaultCatalogue.MalformedCsv,
                    $"Column {names.Count + 1} has no name. The first row of the CSV names every column.");
            }

            if (!known.Add(Encoding.UTF8.GetString(name)))
            {
                return new Fault(FaultCatalogue.MalformedCsv,
                    $"The first row names the column {ParsingFaults.Shown(name)} twice. Give each its own name.");
            }

            names.Add(name.ToArray());
        }

        return reader.Fault;
    }

    private static Fault? ReadRow(
        ref CsvReader reader, List<byte[]> names, LimitsDeclaration limits, DocumentWriter document)
    {
        int line = reader.Line;
        int column = 0;
        document.StartObject();
        while (reader.NextField(out ReadOnlySpan<byte> value))
        {
            if (column < names.Count && !value.IsEmpty)
            {
                if (value.Length > limits.Value)
                {
                    return ParsingFaults.ValueTooLong(names[column], limits.Value);
                }

                document.Name(names[column]);
                document.String(value);
            }

            column++;
        }

        document.EndObject();
        return reader.Fault ?? (column == names.Count
            ? null
            : new Fault(FaultCatalogue.MalformedCsv,
                $"The row on line {line} has {Fields(column)}, and the header names {names.Count}. A field with a "
                + "comma, a quote or a line break stands in double quotes."));
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
