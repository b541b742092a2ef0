namespace Postroom.Parsing;

/// <summary>A piece of a part's content in the window.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Used">Bytes of the window that are done with it.</param>
/// <param name="IsLast">True when the delimiter follows it.</param>
/// <param name="IsCutOff">True when the body ended instead.</param>
internal readonly record struct MultipartPiece(int Start, int Length, int Used, bool IsLast, bool IsCutOff = false);
