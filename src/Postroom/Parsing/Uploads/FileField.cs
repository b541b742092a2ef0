using System.Text;

namespace Postroom.Parsing.Uploads;

/// <summary>What a field's name says of the place where its file belongs.</summary>
internal static class FileField
{
    /// <summary>The place, when the schema says that it takes a file or a list of them; else null.</summary>
    public static FormShape? ShapeOf(FormShape root, ReadOnlySpan<byte> name)
    {
        FieldPath path = new(name);
        FormShape shape = root.Property(path.Segment);
        while (path.Next())
        {
            bool isItem = path.Segment.IsEmpty
                || (!shape.IsObjectOnly && FieldPath.TryReadPosition(path.Segment, out _));
            shape = isItem ? shape.Items : shape.Property(path.Segment);
        }

        return shape.IsFile ? shape : shape.Items.IsFile ? shape.Items : null;
    }

    public static string PointerOf(ReadOnlySpan<byte> name)
    {
        FieldPath path = new(name);
        StringBuilder pointer = new();
        do
        {
            if (!path.Segment.IsEmpty)
            {
                pointer.Append('/').Append(Escape(Encoding.UTF8.GetString(path.Segment)));
            }
        }
        while (path.Next());
        return pointer.ToString();
    }

    /// <summary>A name in a pointer (RFC 6901 §3).</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
