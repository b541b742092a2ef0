using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>Values of a slice as parameters of a statement.</summary>
internal static class CopyBinding
{
    public static void Bind(SqliteStatement statement, int index, CopyKind kind, in CopyFields field)
    {
        if (field.IsNull)
        {
            statement.BindNull(index);
        }
        else if (kind is CopyKind.Number or CopyKind.Integer or CopyKind.Flag)
        {
            statement.Bind(index, field.Number);
        }
        else if (kind == CopyKind.Text)
        {
            statement.BindText(index, field.Bytes);
        }
        else
        {
            statement.BindBlob(index, field.Bytes);
        }
    }
}
