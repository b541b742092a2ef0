namespace Postroom.JsonSchema.Text;

/// <summary>Steps over JSON that is known to be well-formed.</summary>
internal static class VerifiedJson
{
    public static int SkipSpace(ReadOnlySpan<byte> json, int position)
    {
        while (json[position] <= (byte)' ')
        {
            position++;
        }

        return position;
    }

    /// <summary>The first byte behind the value that begins at <paramref name="start"/>.</summary>
    public static int ValueEnd(ReadOnlySpan<byte> json, int start)
    {
        int depth = 0;
        int position = start;
        do
        {
            switch (json[position])
            {
                case (byte)'"':
                    position = StringEnd(json, position);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    position++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    position++;
                    break;
                case (byte)',' or (byte)':' or <= (byte)' ':
                    position++;
                    break;
                default:
                    position = PlainEnd(json, position);
                    break;
            }
        }
        while (depth > 0);
        return position;
    }

    /// <summary>The first byte behind the string whose opening quote is at <paramref name="start"/>.</summary>
    public static int StringEnd(ReadOnlySpan<byte> json, int start)
    {
        int position = start + 1;
        while (true)
        {
            position += json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[position] == (byte)'"')
            {
                return position + 1;
            }

            position += 2;
        }
    }

    private static int PlainEnd(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
        {
            position++;
        }

        return position;
    }
}
