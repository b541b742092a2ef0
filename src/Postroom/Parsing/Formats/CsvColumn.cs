namespace Postroom.Parsing.Formats;

/// <summary>A column of a CSV, as the rows below its header need it.</summary>
internal sealed class CsvColumn
{
    public CsvColumn(ReadOnlySpan<byte> name, FormRules? rules)
    {
        Name = name.ToArray();
        Member = [.. JsonOutput.Encode(name), (byte)':'];
        Shape = rules?.Shape.Property(name) ?? FormShape.Anything;
        IsPlain = rules is not null && rules.IsPlainName(name) && !name.ContainsAny((byte)0, (byte)'\r')
            && !Shape.WantsArray;
    }

    public byte[] Name { get; }

    /// <summary>The name as JSON, a colon behind it.</summary>
    public byte[] Member { get; }

    /// <summary>What the schema wants in the column.</summary>
    public FormShape Shape { get; }

    /// <summary>True when a cell is a member of its row, and no more is to be known of it than its text.</summary>
    public bool IsPlain { get; }
}
