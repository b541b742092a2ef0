using Postroom.Expressions.Values;

namespace Postroom.Expressions.Syntax;

/// <summary>
/// Reads an expression by the grammar of CEL ("Syntax" of its specification), from the loosest binding to the tightest.
/// Behind the first fault only the end is seen, so that every loop ends.
/// </summary>
internal sealed class Parser
{
    private static readonly SyntaxNode Nothing = new SyntaxNode.Literal(0, ExpressionValue.Null, ExpressionType.Dyn);

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    };

    private readonly FirstFault _faults;
    private readonly Lexer _lexer;
    private Token _token;
    private int _nodeCount;
    private int _nesting;

    private Parser(string text, FirstFault faults)
    {
        _faults = faults;
        _lexer = new Lexer(text, faults);
        _token = _lexer.Next();
    }

    /// <summary>The tree; meaningless when there is a fault.</summary>
    public static SyntaxNode Parse(string text, FirstFault faults)
    {
        if (text.Length > ExpressionLimits.LengthMax)
        {
            faults.AddLimit(ExpressionLimits.LengthMax, "expression.length", ExpressionLimits.LengthMax, "characters");
            return Nothing;
        }

        var parser = new Parser(text, faults);
        if (parser._token.Kind == TokenKind.End)
        {
            faults.Add(0, "The expression is empty. Write a condition, such as `age >= 18`.");
        }

        var root = parser.ReadExpression();
        if (parser._token.Kind != TokenKind.End)
        {
            faults.Add(parser._token.Position,
                $"The expression should end before {parser._token.Described}, or an operator is missing.");
        }

        return root;
    }

    private SyntaxNode ReadExpression()
    {
        if (++_nesting > ExpressionLimits.DepthMax)
        {
            AddDepthFault(_token.Position);
            return Nothing;
        }

        var condition = ReadLogic(isAnd: false);
        var position = _token.Position;
        if (Take("?"))
        {
            var then = ReadLogic(isAnd: false);
            Expect(":", "between the two values of `? :`");
            condition = Add(new SyntaxNode.Conditional(position, condition, then, ReadExpression()));
        }

        _nesting--;
        return condition;
    }

    private SyntaxNode ReadLogic(bool isAnd)
    {
        var first = isAnd ? ReadRelation() : ReadLogic(isAnd: true);
        var sign = isAnd ? "&&" : "||";
        if (!IsSign(sign))
        {
            return first;
        }

        var position = _token.Position;
        var parts = new List<SyntaxNode> { first };
        while (Take(sign))
        {
            _nodeCount++;
            parts.Add(isAnd ? ReadRelation() : ReadLogic(isAnd: true));
        }

        return Add(new SyntaxNode.Logic(position, isAnd, parts));
    }

    private SyntaxNode ReadRelation()
    {
        var left = ReadAddition();
        while (_token is { Kind: TokenKind.Sign, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" }
            or { Kind: TokenKind.Name, Text: "in" })
        {
            left = ReadRight(left, ReadAddition);
        }

        return left;
    }

    private SyntaxNode ReadAddition()
    {
        var left = ReadMultiplication();
        while (_token is { Kind: TokenKind.Sign, Text: "+" or "-" })
        {
            left = ReadRight(left, ReadMultiplication);
        }

        return left;
    }

    private SyntaxNode ReadMultiplication()
    {
        var left = ReadUnary();
        while (_token is { Kind: TokenKind.Sign, Text: "*" or "/" or "%" })
        {
            left = ReadRight(left, ReadUnary);
        }

        return left;
    }

    private SyntaxNode ReadRight(SyntaxNode left, Func<SyntaxNode> read)
    {
        var sign = _token;
        Advance();
        return Add(new SyntaxNode.Binary(sign.Position, sign.Text, left, read()));
    }

    private SyntaxNode ReadUnary()
    {
        var signs = new Stack<Token>();
        while (_token is { Kind: TokenKind.Sign, Text: "!" or "-" })
        {
            signs.Push(_token);
            Advance();
        }

        // The smallest whole number has no positive one beside it, so the sign belongs to the number.
        var negates = signs.TryPeek(out var last) && last.Text == "-"
            && _token.Kind is TokenKind.Int or TokenKind.Double;
        if (negates)
        {
            signs.Pop();
        }

        var operand = ReadMembers(negates ? last.Position : -1);
        while (signs.TryPop(out var sign))
        {
            operand = Add(new SyntaxNode.Unary(sign.Position, sign.Text[0], operand));
        }

        return operand;
    }

    private SyntaxNode ReadMembers(int minusAt)
    {
        var operand = ReadPrimary(minusAt);
        while (true)
        {
            var position = _token.Position;
            if (Take("."))
            {
                operand = ReadSelect(operand);
            }
            else if (Take("["))
            {
                operand = Add(new SyntaxNode.Index(position, operand, ReadExpression()));
                Expect("]", "behind an index");
            }
            else
            {
                return operand;
            }
        }
    }

    private SyntaxNode ReadSelect(SyntaxNode operand)
    {
        var name = _token;
        if (name.Kind is not (TokenKind.Name or TokenKind.QuotedName) || name.Text == "in")
        {
            _faults.Add(name.Position, $"A name is expected behind the point, not {name.Described}.");
            return Nothing;
        }

        Advance();
        return name.Kind == TokenKind.Name && Take("(")
            ? Add(new SyntaxNode.Call(name.Position, operand, name.Text, ReadList(")")))
            : Add(new SyntaxNode.Select(name.Position, operand, name.Text, name.Kind == TokenKind.QuotedName));
    }

    private SyntaxNode ReadPrimary(int minusAt)
    {
        var token = _token;
        Advance();
        switch (token.Kind)
        {
            case TokenKind.Int or TokenKind.Double:
                return Add(NumberText.Read(token, minusAt, _faults));
            case TokenKind.String:
                return Add(new SyntaxNode.Literal(
                    token.Position, ExpressionValue.Of(token.Text), ExpressionType.String));
            case TokenKind.Name:
                return ReadNamed(token);
            case TokenKind.Sign when token.Text == "(":
                var inner = ReadExpression();
                Expect(")", "to close the parenthesis");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return Add(new SyntaxNode.List(token.Position, ReadList("]")));
            case TokenKind.Sign when token.Text == "{":
                _faults.Add(token.Position, "Maps cannot be written. Compare the members one by one.");
                return Nothing;
            default:
                _faults.Add(token.Position, $"A value or a name is expected here, not {token.Described}.");
                return Nothing;
        }
    }

    private SyntaxNode ReadNamed(Token name)
    {
        switch (name.Text)
        {
            case "true" or "false":
                return Add(new SyntaxNode.Literal(
                    name.Position, ExpressionValue.Of(name.Text == "true"), ExpressionType.Bool));
            case "null":
                return Add(new SyntaxNode.Literal(name.Position, ExpressionValue.Null, ExpressionType.Null));
            case "in":
                _faults.Add(name.Position, "A value is expected before `in`.");
                return Nothing;
        }

        if (Reserved.Contains(name.Text))
        {
            _faults.Add(name.Position, $"`{name.Text}` is a reserved word. Put the variable and a point before it.");
            return Nothing;
        }

        return Take("(")
            ? Add(new SyntaxNode.Call(name.Position, null, name.Text, ReadList(")")))
            : Add(new SyntaxNode.Name(name.Position, name.Text));
    }

    private List<SyntaxNode> ReadList(string close)
    {
        var items = new List<SyntaxNode>();
        while (_faults.Fault is null && !Take(close))
        {
            items.Add(ReadExpression());
            if (!IsSign(close))
            {
                Expect(",", $"or `{close}`");
                if (close == ")" && IsSign(close))
                {
                    _faults.Add(_token.Position, "An argument is expected behind the comma.");
                }
            }
        }

        return items;
    }

    private SyntaxNode Add(SyntaxNode node)
    {
        if (++_nodeCount > ExpressionLimits.NodesMax)
        {
            _faults.AddLimit(node.Position, "expression.nodes", ExpressionLimits.NodesMax, "parts");
        }
        else if (node.Depth > ExpressionLimits.DepthMax)
        {
            AddDepthFault(node.Position);
        }

        return _faults.Fault is null ? node : Nothing;
    }

    private void AddDepthFault(int position) =>
        _faults.AddLimit(position, "expression.depth", ExpressionLimits.DepthMax, "levels of nesting");

    private bool IsSign(string text) => _token.Kind == TokenKind.Sign && _token.Text == text;

    private bool Take(string sign)
    {
        if (!IsSign(sign))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(string sign, string why)
    {
        if (!Take(sign))
        {
            _faults.Add(_token.Position, $"`{sign}` is expected {why}, not {_token.Described}.");
        }
    }

    private void Advance() => _token = _faults.Fault is null ? _lexer.Next() : new Token(TokenKind.End, 0, "");
}
