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
        FormRules? rules = context.Rules?.Items ?? context.Rules;
        if (ReadHeader(ref reader, context.Limits, rules, out List<CsvColumn> columns) is { } fault)
        {
            return fault;
        }

        // The names are told apart, and the text is UTF-8.
        document.IsJson = true;
        document.IsForm = columns.TrueForAll(column => column.IsPlain);

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

            if (ReadRow(ref reader, columns, context.Limits, rules, document) is { } rowFault)
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

    private static Fault? ReadHeader(
        ref CsvReader reader, LimitsDeclaration limits, FormRules? rules, out List<CsvColumn> columns)
    {
        columns = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        bool hasRow = reader.NextRow();
        while (hasRow && reader.NextField(out ReadOnlySpan<byte> name))
        {
            if (columns.Count == limits.Fields)
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
                    $"Column {columns.Count + 1} has no name. The first row of the CSV names every column.");
            }

            if (!known.Add(Encoding.UTF8.GetString(name)))
            {
                return new Fault(FaultCatalogue.MalformedCsv,
                    $"The first row names the column {ParsingFaults.Shown(name)} twice. Give each its own name.");
            }

            columns.Add(new CsvColumn(name, rules));
        }

        return reader.Fault;
    }

    private static Fault? ReadRow(
        ref CsvReader reader, List<CsvColumn> columns, LimitsDeclaration limits, FormRules? rules,
        DocumentWriter document)
    {
        int line = reader.Line;
        int count = 0;
        document.StartObject();
        while (reader.NextField(out ReadOnlySpan<byte> value))
        {
            if (count < columns.Count && !value.IsEmpty)
            {
                CsvColumn column = columns[count];
                if (value.Length > limits.Value)
                {
                    return ParsingFaults.ValueTooLong(column.Name, limits.Value);
                }

                // What is to be changed is changed by the rules of a form later on, and for the whole document.
                document.IsForm = document.IsForm && rules!.IsPlainText(value);
                document.Member(column.Member, value, document.IsForm ? column.Shape : FormShape.Anything);
            }

            count++;
        }

        document.EndObject();
        return reader.Fault ?? (count == columns.Count
            ? null
            : new Fault(FaultCatalogue.MalformedCsv,
                $"The row on line {line} has {Fields(count)}, and the header names {columns.Count}. A field with a "
                + "comma, a quote or a line break stands in double quotes."));
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
