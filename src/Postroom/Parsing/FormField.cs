namespace Postroom.Parsing;

/// <summary>Where a field's name and value stand in the buffer of its <see cref="FormFields"/>.</summary>
internal readonly record struct FormField(int NameStart, int NameLength, int ValueStart, int ValueLength);
