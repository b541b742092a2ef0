using Postroom.Expressions.Checking;
using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Syntax;
using Postroom.Expressions.Values;

namespace Postroom.Expressions;

/// <summary>
/// A text of the expression language (a subset of CEL), read, checked against its environment and ready to be
/// evaluated. Immutable; for any number of threads.
/// </summary>
internal sealed class Expression
{
    private const int FieldsOnStackMax = 64;

    private readonly FieldTable _fields;
    private readonly int _localCount;

    internal Expression(string text, Node root, FieldTable fields, int localCount)
    {
        Text = text;
        Root = root;
        _fields = fields;
        _localCount = localCount;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public ExpressionType Type => Root.Type;

    internal Node Root { get; }

    /// <summary>Reads and checks a text. Does not throw for any.</summary>
    public static ExpressionResult Compile(string text, ExpressionEnvironment environment)
    {
        var first = new FirstFault(text);
        var syntax = Parser.Parse(text, first);
        if (first.Fault is { } unread)
        {
            return new ExpressionResult(unread);
        }

        var checker = new Checker(environment, first);
        var root = checker.Check(syntax);
        return first.Fault is { } fault
            ? new ExpressionResult(fault)
            : new ExpressionResult(new Expression(text, root, checker.Fields, checker.LocalCount));
    }

    /// <summary>Reads and checks a text whose value must be true or false. Does not throw for any.</summary>
    public static ExpressionResult CompileCondition(string text, ExpressionEnvironment environment)
    {
        var result = Compile(text, environment);
        return result.Expression?.Type is { Kind: not (ExpressionTypeKind.Bool or ExpressionTypeKind.Dyn) } type
            ? new ExpressionResult(new ExpressionFault(
                1, 1, $"This is of type {type}. Write a condition, such as a comparison with `==`."))
            : result;
    }

    /// <summary>Whether the value is true. An error is not, and neither is anything else.</summary>
    /// <param name="variables">The values of the environment's variables, by slot.</param>
    public bool IsTrue(ReadOnlySpan<ExpressionValue> variables) =>
        Evaluate(variables) is { Kind: ExpressionValueKind.Bool, AsBool: true };

    /// <summary>The value, or the error that it has instead.</summary>
    /// <param name="variables">The values of the environment's variables, by slot.</param>
    public ExpressionValue Evaluate(ReadOnlySpan<ExpressionValue> variables) => Evaluate(Root, variables);

    /// <summary>Another expression over the same fields.</summary>
    internal Expression With(Node root) => new(Text, root, _fields, _localCount);

    /// <summary>The value of a part.</summary>
    internal ExpressionValue Evaluate(Node part, ReadOnlySpan<ExpressionValue> variables)
    {
        var ranges = _fields.Count <= FieldsOnStackMax
            ? stackalloc FieldRange[_fields.Count]
            : new FieldRange[_fields.Count];
        _fields.Find(variables, ranges);
        var frame = new EvaluationFrame
        {
            Variables = variables,
            Fields = ranges,
            Locals = _localCount == 0 ? [] : new ExpressionValue[_localCount],
            WorkLeft = ExpressionLimits.WorkMax,
        };
        return part.Evaluate(ref frame);
    }
}
