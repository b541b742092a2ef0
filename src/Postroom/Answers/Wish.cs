namespace Postroom.Answers;

/// <summary>How much a caller wants something.</summary>
/// <param name="Precision">How precisely it was named; -1 for not at all.</param>
/// <param name="Weight">From 0, not at all, to 1 (RFC 9110 §12.4.2).</param>
internal readonly record struct Wish(int Precision, double Weight);
