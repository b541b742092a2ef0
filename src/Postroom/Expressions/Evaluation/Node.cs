using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A part of a checked expression, which can be evaluated. Immutable.</summary>
/// <param name="type">The type of its values.</param>
/// <param name="parts">What it is made of.</param>
internal abstract class Node(ExpressionType type, params Node[] parts)
{
    public ExpressionType Type { get; } = type;

    /// <summary>It differs from record to record.</summary>
    public virtual bool ReadsRow { get; } = parts.Any(part => part.ReadsRow);

    public abstract ExpressionValue Evaluate(ref EvaluationFrame frame);

    protected static ExpressionValue Error(ExpressionError error) => ExpressionValue.Error(error);
}
