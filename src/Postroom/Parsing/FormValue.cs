namespace Postroom.Parsing;

/// <summary>A value in a form's document.</summary>
/// <param name="Start">Where its text stands in the tree's buffer.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="IsJson">True for JSON that is kept as it is; false for text, which the schema may read as another
/// type.</param>
/// <param name="File">The number of the file whose name it is, or -1.</param>
/// <param name="Next">The next value of the same name, or -1.</param>
internal record struct FormValue(int Start, int Length, bool IsJson, int File, int Next);
