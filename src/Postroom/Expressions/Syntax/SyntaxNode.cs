namespace Postroom.Expressions.Syntax;

/// <summary>A part of an expression as it was written. Immutable.</summary>
internal abstract class SyntaxNode(int position, params IEnumerable<SyntaxNode> parts)
{
    /// <summary>Where it stands, in characters: an operator's own place, or where the rest begins.</summary>
    public int Position { get; } = position;

    /// <summary>How many parts lie within each other.</summary>
    public int Depth { get; } = 1 + parts.Select(part => part.Depth).DefaultIfEmpty().Max();

    /// <summary>A number, text, true, false or null.</summary>
    public sealed class Literal(int position, Values.ExpressionValue value, ExpressionType type) : SyntaxNode(position)
    {
        public Values.ExpressionValue Value { get; } = value;

        public ExpressionType Type { get; } = type;
    }

    /// <summary>A bare name.</summary>
    public sealed class Name(int position, string text) : SyntaxNode(position)
    {
        public string Text { get; } = text;
    }

    /// <summary><c>operand.field</c></summary>
    public sealed class Select(int position, SyntaxNode operand, string field, bool isQuoted)
        : SyntaxNode(position, operand)
    {
        public SyntaxNode Operand { get; } = operand;

        public string Field { get; } = field;

        /// <summary>In back quotes, so that it is no part of a qualified name.</summary>
        public bool IsQuoted { get; } = isQuoted;
    }

    /// <summary><c>operand[key]</c></summary>
    public sealed class Index(int position, SyntaxNode operand, SyntaxNode key) : SyntaxNode(position, operand, key)
    {
        public SyntaxNode Operand { get; } = operand;

        public SyntaxNode Key { get; } = key;
    }

    /// <summary><c>function(…)</c> or <c>target.function(…)</c></summary>
    public sealed class Call(int position, SyntaxNode? target, string function, IReadOnlyList<SyntaxNode> arguments)
        : SyntaxNode(position, target is null ? arguments : [target, .. arguments])
    {
        public SyntaxNode? Target { get; } = target;

        public string Function { get; } = function;

        public IReadOnlyList<SyntaxNode> Arguments { get; } = arguments;
    }

    /// <summary><c>[…]</c></summary>
    public sealed class List(int position, IReadOnlyList<SyntaxNode> items) : SyntaxNode(position, items)
    {
        public IReadOnlyList<SyntaxNode> Items { get; } = items;
    }

    /// <summary><c>!</c> or <c>-</c></summary>
    public sealed class Unary(int position, char sign, SyntaxNode operand) : SyntaxNode(position, operand)
    {
        public char Sign { get; } = sign;

        public SyntaxNode Operand { get; } = operand;
    }

    /// <summary>An operator between two parts, other than <c>&amp;&amp;</c> and <c>||</c>.</summary>
    public sealed class Binary(int position, string sign, SyntaxNode left, SyntaxNode right)
        : SyntaxNode(position, left, right)
    {
        public string Sign { get; } = sign;

        public SyntaxNode Left { get; } = left;

        public SyntaxNode Right { get; } = right;
    }

    /// <summary>Two parts or more with <c>&amp;&amp;</c> or <c>||</c> between.</summary>
    public sealed class Logic(int position, bool isAnd, IReadOnlyList<SyntaxNode> parts) : SyntaxNode(position, parts)
    {
        public bool IsAnd { get; } = isAnd;

        public IReadOnlyList<SyntaxNode> Parts { get; } = parts;
    }

    /// <summary><c>condition ? then : otherwise</c></summary>
    public sealed class Conditional(int position, SyntaxNode condition, SyntaxNode then, SyntaxNode otherwise)
        : SyntaxNode(position, condition, then, otherwise)
    {
        public SyntaxNode Condition { get; } = condition;

        public SyntaxNode Then { get; } = then;

        public SyntaxNode Otherwise { get; } = otherwise;
    }
}
