namespace Postroom.Expressions.Evaluation;

/// <summary>Where a field's value stands in its document; empty when it has none.</summary>
internal readonly record struct FieldRange(int Start, int End)
{
    public bool IsEmpty => End == 0;
}
