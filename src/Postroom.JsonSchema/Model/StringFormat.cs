namespace Postroom.JsonSchema.Model;

/// <summary>A format that the walk can check.</summary>
internal sealed class StringFormat(string name, StringFormat.Check check)
{
    /// <summary>Whether a string has the format; <paramref name="text"/> is UTF-8 without escapes.</summary>
    internal delegate bool Check(ReadOnlySpan<byte> text);

    public string Name { get; } = name;

    /// <summary>The stable code of a fault.</summary>
    public string Code { get; } = "format-" + name;

    public bool Accepts(ReadOnlySpan<byte> text) => check(text);
}
