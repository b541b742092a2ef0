namespace Postroom.JsonSchema.Text;

/// <summary>Where a byte stands for a person: line and column in code points, both from 1.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition Of(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> before = text[..Math.Min(offset, text.Length)];
        int line = 1 + before.Count((byte)'\n');
        int column = 1;
        foreach (byte unit in before[(before.LastIndexOf((byte)'\n') + 1)..])
        {
            column += (sbyte)unit >= -64 ? 1 : 0;
        }

        return new TextPosition(line, column);
    }
}
