namespace Postroom.Storage.Records;

/// <summary>
/// What stands in a column of a record: nothing, a text, a whole number (also of booleans, 0 or 1, and of moments,
/// microseconds since 1970) or a double.
/// </summary>
public readonly record struct RecordValue
{
    private RecordValue(RecordValueKind kind, string? text, long integer, double number)
    {
        Kind = kind;
        Text = text;
        Integer = integer;
        Number = number;
    }

    /// <summary>Nothing: the field is absent, null, or of another type than its column.</summary>
    public static RecordValue None => default;

    /// <summary>Which of the others counts.</summary>
    public RecordValueKind Kind { get; }

    /// <summary>The text; null unless it is one.</summary>
    public string? Text { get; }

    /// <summary>The whole number; 0 unless it is one.</summary>
    public long Integer { get; }

    /// <summary>The double; 0 unless it is one.</summary>
    public double Number { get; }

    /// <summary>True when nothing stands there.</summary>
    public bool IsNone => Kind == RecordValueKind.None;

    /// <summary>A text.</summary>
    public static RecordValue Of(string text) => new(RecordValueKind.Text, text, 0, 0);

    /// <summary>A whole number, or a moment in microseconds since 1970.</summary>
    public static RecordValue Of(long integer) => new(RecordValueKind.Integer, null, integer, 0);

    /// <summary>A double, never infinite and never NaN.</summary>
    public static RecordValue Of(double number) => new(RecordValueKind.Number, null, 0, number);

    /// <summary>A boolean, as 0 or 1.</summary>
    public static RecordValue Of(bool boolean) => Of(boolean ? 1L : 0L);
}
