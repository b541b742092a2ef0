using System.Diagnostics.CodeAnalysis;

namespace Postroom.Expressions;

/// <summary>An expression, or the fault that makes the text none.</summary>
internal sealed class ExpressionResult
{
    public ExpressionResult(Expression expression) => Expression = expression;

    public ExpressionResult(ExpressionFault fault) => Fault = fault;

    [MemberNotNullWhen(true, nameof(Expression))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Expression is not null;

    public Expression? Expression { get; }

    public ExpressionFault? Fault { get; }
}
