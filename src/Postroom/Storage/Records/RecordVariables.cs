using Postroom.Expressions;
using Postroom.Expressions.Sql;
using Postroom.Expressions.Values;

namespace Postroom.Storage.Records;

/// <summary>What an expression over records can name: the fields, what is kept by us, the time.</summary>
internal static class RecordVariables
{
    private const string Name = "record";
    private const int Document = 0;
    private const int Id = 1;
    private const int Created = 2;
    private const int Updated = 3;
    private const int Version = 4;
    private const int Owner = 5;
    private const int Now = 6;
    private const int Count = 7;
    private const long NanosecondsOfMillisecond = 1_000_000;

    /// <param name="fields">The type of the document.</param>
    public static ExpressionEnvironment Environment(ExpressionType fields) =>
        new ExpressionEnvironment { Container = Name }
            .Declare(Name, fields, isRow: true)
            .Declare("record.id", ExpressionType.String, isRow: true)
            .Declare("record.created", ExpressionType.Timestamp, isRow: true)
            .Declare("record.updated", ExpressionType.Timestamp, isRow: true)
            .Declare("record.version", ExpressionType.Int, isRow: true)
            .Declare("record.owner", ExpressionType.String.OrNull(), isRow: true)
            .Declare("now", ExpressionType.Timestamp);

    /// <summary>The values that are the same for all records.</summary>
    public static ExpressionValue[] Of(DateTimeOffset now)
    {
        var values = new ExpressionValue[Count];
        values[Now] = ExpressionValue.Of(now);
        return values;
    }

    /// <summary>Sets the values that differ from record to record.</summary>
    public static void Set(ExpressionValue[] values, Record record, ReadOnlyMemory<byte> document)
    {
        values[Document] = ExpressionValue.Json(document);
        values[Id] = ExpressionValue.Of(record.Id.ToString());
        values[Created] = ExpressionValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(record.CreatedAt));
        values[Updated] = ExpressionValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(record.UpdatedAt));
        values[Version] = ExpressionValue.Of(record.Version);
        values[Owner] = record.Owner is null ? ExpressionValue.Null : ExpressionValue.Of(record.Owner);
    }

    /// <summary>The columns by which an engine finds records itself.</summary>
    /// <param name="columns">The declared columns that every row has, and their names in the database.</param>
    public static SqlColumns Columns(IEnumerable<(RecordColumn Column, string Name)> columns)
    {
        var known = new SqlColumns()
            .Add("record.created", [], new SqlColumn("created_at", SqlColumnKind.ExactTime, NanosecondsOfMillisecond))
            .Add("record.updated", [], new SqlColumn("updated_at", SqlColumnKind.ExactTime, NanosecondsOfMillisecond))
            .Add("record.version", [], new SqlColumn("version", SqlColumnKind.Integer))
            .Add("record.owner", [], new SqlColumn("owner", SqlColumnKind.Text));
        foreach (var (column, name) in columns)
        {
            // A folded text and the days of a date are not what the field says.
            if (!column.IgnoresCase && column.Type != RecordType.Date && known.Find(Name, column.Path) is null)
            {
                known.Add(Name, column.Path, new SqlColumn($"\"{name}\"", KindOf(column.Type)));
            }
        }

        return known;
    }

    private static SqlColumnKind KindOf(RecordType type) => type switch
    {
        RecordType.Text => SqlColumnKind.Text,
        RecordType.Integer => SqlColumnKind.Integer,
        RecordType.Number => SqlColumnKind.Number,
        RecordType.Boolean => SqlColumnKind.Boolean,
        _ => SqlColumnKind.Time,
    };
}
