using Npgsql;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>Values of a slice on their way into a table.</summary>
internal static class PostgresCopyImport
{
    public static void Write(NpgsqlBinaryImporter import, CopyKind kind, in CopyFields field)
    {
        if (field.IsNull)
        {
            import.WriteNull();
            return;
        }

        var type = PostgresCopyTable.TypeOf(kind);
        switch (kind)
        {
            case CopyKind.Number:
                import.Write(field.Number, type);
                break;
            case CopyKind.Integer:
                import.Write(checked((int)field.Number), type);
                break;
            case CopyKind.Flag:
                import.Write(field.Number != 0, type);
                break;
            case CopyKind.Id:
                import.Write(new Guid(field.Bytes, bigEndian: true), type);
                break;
            default:
                import.Write(field.Bytes.ToArray(), type);
                break;
        }
    }
}
