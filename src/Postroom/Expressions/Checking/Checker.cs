using System.Text;
using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Syntax;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Checking;

/// <summary>Gives every part of an expression its type, and makes of it what can be evaluated.</summary>
internal sealed partial class Checker
{
    private static readonly Node Nothing = new ConstantNode(ExpressionValue.Null, ExpressionType.Dyn);

    private readonly NameScope _names;
    private readonly FirstFault _faults;

    public Checker(ExpressionEnvironment environment, FirstFault faults)
    {
        _faults = faults;
        _names = new NameScope(environment, Fields, faults);
    }

    public FieldTable Fields { get; } = new();

    public int LocalCount => _names.LocalCount;

    /// <summary>What can be evaluated; meaningless when there is a fault.</summary>
    public Node Check(SyntaxNode syntax)
    {
        if (_faults.Fault is not null)
        {
            return Nothing;
        }

        return syntax switch
        {
            SyntaxNode.Literal literal => new ConstantNode(literal.Value, literal.Type),
            SyntaxNode.Name name => _names.Find(name) ?? Nothing,
            SyntaxNode.Select select => CheckSelect(select),
            SyntaxNode.Index index => CheckIndex(index),
            SyntaxNode.Call call => CheckCall(call),
            SyntaxNode.List list => CheckList(list),
            SyntaxNode.Unary unary => CheckUnary(unary),
            SyntaxNode.Logic logic => CheckLogic(logic),
            SyntaxNode.Conditional conditional => CheckConditional(conditional),
            SyntaxNode.Binary { Sign: "in" } binary => CheckContainment(binary),
            SyntaxNode.Binary { Sign: "+" or "-" or "*" or "/" or "%" } binary => CheckArithmetic(binary),
            SyntaxNode.Binary binary => CheckComparison(binary),
            _ => throw new InvalidOperationException($"{syntax.GetType()} is not known."),
        };
    }

    private Node CheckSelect(SyntaxNode.Select select) =>
        _names.FindQualified(select) ?? _names.Member(Check(select.Operand), select.Field, select.Position) ?? Nothing;

    private Node CheckIndex(SyntaxNode.Index index)
    {
        var operand = Check(index.Operand);
        if (operand.Type.Kind == ExpressionTypeKind.Map
            && index.Key is SyntaxNode.Literal { Type.Kind: ExpressionTypeKind.String } name)
        {
            var text = Encoding.UTF8.GetString(name.Value.Bytes.Span);
            return _names.Member(operand, text, name.Position) ?? Nothing;
        }

        var key = Check(index.Key);
        switch (operand.Type.Kind)
        {
            case ExpressionTypeKind.List when Is(key, ExpressionTypeKind.Int):
                return new IndexNode(operand, key, operand.Type.Element);
            case ExpressionTypeKind.Map when Is(key, ExpressionTypeKind.String):
                return new IndexNode(operand, key, ExpressionType.Dyn);
            case ExpressionTypeKind.Dyn:
                return new IndexNode(operand, key, ExpressionType.Dyn);
            case ExpressionTypeKind.List or ExpressionTypeKind.Map:
                var wanted = operand.Type.Kind == ExpressionTypeKind.List ? "a whole number" : "a name in quotes";
                return Fail(index.Key.Position, $"Between these brackets stands {wanted}, not {A(key.Type)}.");
            default:
                return Fail(index.Position, $"{Upper(A(operand.Type))} has no items to choose from.");
        }
    }

    private Node CheckList(SyntaxNode.List list)
    {
        Node[] items = [.. list.Items.Select(Check)];
        if (items.Length == 0)
        {
            return new ListNode(items, ExpressionType.ListOf(ExpressionType.Dyn));
        }

        var element = items.Select(item => (ExpressionType?)item.Type)
            .Aggregate((left, right) => right is null ? null : left?.Join(right));
        return new ListNode(items, ExpressionType.ListOf(element ?? ExpressionType.Dyn));
    }

    private Node CheckUnary(SyntaxNode.Unary unary)
    {
        var operand = Check(unary.Operand);
        if (unary.Sign == '!')
        {
            return Condition(operand, unary.Position, "`!`") ? new NotNode(operand) : Nothing;
        }

        return operand.Type.IsNumber || operand.Type.IsDyn
            ? new NegationNode(operand)
            : Fail(unary.Position, $"`-` takes a number, not {A(operand.Type)}.");
    }

    private Node CheckLogic(SyntaxNode.Logic logic)
    {
        var sign = logic.IsAnd ? "`&&`" : "`||`";
        Node[] parts = [.. logic.Parts.Select(Check)];
        foreach (var (part, syntax) in parts.Zip(logic.Parts))
        {
            if (!Condition(part, syntax.Position, sign))
            {
                return Nothing;
            }
        }

        return new LogicNode(logic.IsAnd, parts);
    }

    private Node CheckConditional(SyntaxNode.Conditional conditional)
    {
        var condition = Check(conditional.Condition);
        var then = Check(conditional.Then);
        var otherwise = Check(conditional.Otherwise);
        if (!Condition(condition, conditional.Position, "`? :`"))
        {
            return Nothing;
        }

        return then.Type.Join(otherwise.Type) is { } type
            ? new ConditionalNode(condition, then, otherwise, type)
            : Fail(conditional.Position,
                $"`? :` gives {A(then.Type)} or {A(otherwise.Type)}. Both values must have one type.");
    }

    private Node CheckContainment(SyntaxNode.Binary binary)
    {
        var item = Check(binary.Left);
        var container = Check(binary.Right);
        return container.Type.Kind switch
        {
            ExpressionTypeKind.Dyn => new ContainmentNode(item, container),
            ExpressionTypeKind.List when item.Type.Meets(container.Type.Element) =>
                new ContainmentNode(item, container),
            ExpressionTypeKind.Map when Is(item, ExpressionTypeKind.String) => new ContainmentNode(item, container),
            ExpressionTypeKind.List or ExpressionTypeKind.Map =>
                Fail(binary.Position, $"{Upper(A(item.Type))} is never in {A(container.Type)}."),
            _ => Fail(binary.Position, $"A list is expected behind `in`, such as `[1, 2]`, not {A(container.Type)}."),
        };
    }

    private Node CheckComparison(SyntaxNode.Binary binary)
    {
        var (left, right) = (Check(binary.Left), Check(binary.Right));
        var kind = binary.Sign switch
        {
            "==" => ComparisonKind.Equal,
            "!=" => ComparisonKind.NotEqual,
            "<" => ComparisonKind.Less,
            "<=" => ComparisonKind.LessOrEqual,
            ">" => ComparisonKind.Greater,
            _ => ComparisonKind.GreaterOrEqual,
        };
        if (!left.Type.Meets(right.Type))
        {
            return Fail(binary.Position, Incomparable(binary.Sign, left.Type, right.Type));
        }

        var unordered = new[] { left.Type, right.Type }.FirstOrDefault(type =>
            type.Kind is ExpressionTypeKind.List or ExpressionTypeKind.Map or ExpressionTypeKind.Null);
        return kind is ComparisonKind.Equal or ComparisonKind.NotEqual || unordered is null
            ? new ComparisonNode(kind, left, right)
            : Fail(binary.Position, $"`{binary.Sign}` takes numbers, texts or moments, not {A(unordered)}.");
    }

    private static string Incomparable(string sign, ExpressionType left, ExpressionType right)
    {
        var kinds = (left.Kind, right.Kind);
        if (kinds is (ExpressionTypeKind.Null, _) or (_, ExpressionTypeKind.Null))
        {
            return "This is never null by the schema. To ask whether a field is there, write `has(…)`.";
        }

        var hint = kinds is (ExpressionTypeKind.Timestamp, ExpressionTypeKind.String)
            or (ExpressionTypeKind.String, ExpressionTypeKind.Timestamp)
                ? " Write `timestamp(…)` around the text."
                : kinds is (ExpressionTypeKind.Duration, ExpressionTypeKind.String)
                    or (ExpressionTypeKind.String, ExpressionTypeKind.Duration)
                        ? " Write `duration(…)` around the text."
                        : "";
        return $"`{sign}` cannot compare {A(left)} with {A(right)}.{hint}";
    }

    private Node CheckArithmetic(SyntaxNode.Binary binary)
    {
        var (left, right) = (Check(binary.Left), Check(binary.Right));
        var sign = binary.Sign[0];
        return Arithmetic.Result(sign, left.Type, right.Type) is { } type
            ? new ArithmeticNode(sign, left, right, type)
            : Fail(binary.Position, Arithmetic.Refusal(binary.Sign, left.Type, right.Type));
    }

    private bool Condition(Node node, int position, string sign)
    {
        if (Is(node, ExpressionTypeKind.Bool))
        {
            return true;
        }

        _faults.Add(position, $"{sign} takes true or false, not {A(node.Type)}. Compare it, such as with `==`.");
        return false;
    }

    private static bool Is(Node node, ExpressionTypeKind kind) => node.Type.Kind == kind || node.Type.IsDyn;

    private Node Fail(int position, string message)
    {
        _faults.Add(position, message);
        return Nothing;
    }

    private static string A(ExpressionType type) => TypeWords.With(type);

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
