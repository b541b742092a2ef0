namespace Postroom.Expressions;

/// <summary>A variable of an environment.</summary>
/// <param name="Name">Its name, which may be qualified: <c>record.created</c>.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Slot">Its place among the values that an evaluation is given.</param>
/// <param name="IsRow">It differs from record to record, so that in SQL it can only be a column.</param>
internal sealed record ExpressionVariable(string Name, ExpressionType Type, int Slot, bool IsRow);
