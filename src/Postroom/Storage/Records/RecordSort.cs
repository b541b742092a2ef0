namespace Postroom.Storage.Records;

/// <summary>A column that records are sorted by. Where nothing stands in it, that counts as greater than all.</summary>
/// <param name="Column">A column of the table, or its own <c>created_at</c>, <c>updated_at</c>, <c>version</c>.</param>
/// <param name="IsDescending">The greatest first.</param>
internal sealed record RecordSort(string Column, bool IsDescending)
{
    public const string Created = "created_at";
    public const string Updated = "updated_at";
    public const string Version = "version";

    /// <summary>The type of the column.</summary>
    public RecordType TypeIn(RecordTable table) => Column is Created or Updated or Version
        ? RecordType.Integer
        : table.Columns[table.Position(Column)].Type;

    /// <summary>The value of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="values">What stands in its declared columns.</param>
    /// <param name="table">The table.</param>
    public RecordValue ValueOf(Record record, IReadOnlyList<RecordValue> values, RecordTable table) => Column switch
    {
        Created => RecordValue.Of(record.CreatedAt),
        Updated => RecordValue.Of(record.UpdatedAt),
        Version => RecordValue.Of(record.Version),
        _ => values[table.Position(Column)],
    };
}
