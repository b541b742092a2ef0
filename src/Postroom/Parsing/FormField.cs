namespace Postroom.Parsing;

/// <summary>Where a field's name and value stand in the buffer of its <see cref="FormFields"/>; the value of a file is
/// its name, and <paramref name="File"/> its number.</summary>
internal readonly record struct FormField(
    int NameStart, int NameLength, int ValueStart, int ValueLength, int File = -1);
