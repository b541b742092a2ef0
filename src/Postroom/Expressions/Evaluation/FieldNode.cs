using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A field of a variable's document, found before the evaluation begins.</summary>
internal sealed class FieldNode : Node
{
    private readonly int _field;

    /// <param name="variable">The variable that holds the document.</param>
    /// <param name="path">The names that lead to the field.</param>
    /// <param name="type">What the schema says of the field.</param>
    /// <param name="fields">Knows where the fields are.</param>
    public FieldNode(ExpressionVariable variable, IReadOnlyList<string> path, ExpressionType type, FieldTable fields)
        : base(type)
    {
        (Variable, Path) = (variable, path);
        _field = fields.Add(variable.Slot, path);
    }

    public ExpressionVariable Variable { get; }

    public IReadOnlyList<string> Path { get; }

    public override bool ReadsRow => Variable.IsRow;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var range = frame.Fields[_field];
        return range.IsEmpty
            ? Error(ExpressionError.Absent)
            : JsonReading.Read(frame.Variables[Variable.Slot].Bytes[range.Start..range.End], Type);
    }
}
