using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A variable of the environment.</summary>
internal sealed class VariableNode(ExpressionVariable variable) : Node(variable.Type)
{
    public ExpressionVariable Variable { get; } = variable;

    public override bool ReadsRow => Variable.IsRow;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame) =>
        Variable.Slot < frame.Variables.Length ? frame.Variables[Variable.Slot] : Error(ExpressionError.Absent);
}
