using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>Values and records in the columns of rows.</summary>
internal static class RecordFields
{
    public static void Bind(SqliteStatement statement, int index, RecordValue value)
    {
        switch (value.Kind)
        {
            case RecordValueKind.Text:
                statement.BindText(index, value.Text);
                break;
            case RecordValueKind.Integer:
                statement.Bind(index, value.Integer);
                break;
            case RecordValueKind.Number:
                statement.Bind(index, value.Number);
                break;
            default:
                statement.BindNull(index);
                break;
        }
    }

    public static RecordValue Value(SqliteStatement row, int column, RecordType type) => row.IsNull(column)
        ? RecordValue.None
        : type switch
        {
            RecordType.Text => RecordValue.Of(row.Text(column)!),
            RecordType.Number => RecordValue.Of(row.Real(column)),
            _ => RecordValue.Of(row.Number(column)),
        };

    /// <summary>The record of a row that begins with <see cref="RecordRows.Own"/>.</summary>
    public static Record Read(SqliteStatement row) => new()
    {
        Id = EntryId.Read(row.Bytes(0)),
        Version = row.Number(1),
        Owner = row.Text(2),
        CreatedAt = row.Number(3),
        UpdatedAt = row.Number(4),
        HeldUntil = row.IsNull(5) ? null : row.Number(5),
        Document = row.Bytes(6).ToArray(),
    };
}
