namespace Postroom.Expressions.Syntax;

/// <summary>Splits a text into words (CEL specification, "Syntax"). Behind a fault there is only the end.</summary>
internal sealed class Lexer(string text, FirstFault faults)
{
    private static readonly string[] TwoLetterSigns = ["==", "!=", "<=", ">=", "&&", "||"];

    private int _position;

    public Token Next()
    {
        SkipSpace();
        if (_position >= text.Length || faults.Fault is not null)
        {
            return new Token(TokenKind.End, text.Length, "");
        }

        var letter = text[_position];
        if (IsNameStart(letter))
        {
            return ReadName();
        }

        if (char.IsAsciiDigit(letter) || (letter == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return ReadNumber();
        }

        return letter switch
        {
            '"' or '\'' => ReadString(_position, isRaw: false),
            '`' => ReadQuotedName(),
            _ => ReadSign(letter),
        };
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    private static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    private char Peek(int ahead) => _position + ahead < text.Length ? text[_position + ahead] : '\0';

    private void SkipSpace()
    {
        while (_position < text.Length)
        {
            if (text[_position] is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                _position++;
            }
            else if (text[_position] == '/' && Peek(1) == '/')
            {
                var end = text.IndexOf('\n', _position);
                _position = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token ReadName()
    {
        var start = _position;
        while (_position < text.Length && IsNamePart(text[_position]))
        {
            _position++;
        }

        var name = text[start.._position];
        if (Peek(0) is not ('"' or '\'') || name.Length > 2)
        {
            return new Token(TokenKind.Name, start, name);
        }

        switch (name)
        {
            case "r" or "R":
                return ReadString(start, isRaw: true);
            case "b" or "B" or "br" or "bR" or "Br" or "BR" or "rb" or "rB" or "Rb" or "RB":
                return Fail(start, "Bytes cannot be written; JSON has none. Write a text without the `b` before it.");
            default:
                return new Token(TokenKind.Name, start, name);
        }
    }

    private Token ReadNumber()
    {
        var start = _position;
        if (text[_position] == '0' && (Peek(1) | 0x20) == 'x')
        {
            _position += 2;
            SkipDigits(char.IsAsciiHexDigit);
            return End(start, TokenKind.Int);
        }

        SkipDigits(char.IsAsciiDigit);
        var kind = TokenKind.Int;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            SkipDigits(char.IsAsciiDigit);
            kind = TokenKind.Double;
        }

        var sign = Peek(1) is '+' or '-' ? 2 : 1;
        if ((Peek(0) | 0x20) == 'e' && char.IsAsciiDigit(Peek(sign)))
        {
            _position += sign;
            SkipDigits(char.IsAsciiDigit);
            kind = TokenKind.Double;
        }

        return End(start, kind);
    }

    private Token End(int start, TokenKind kind)
    {
        if ((Peek(0) | 0x20) == 'u')
        {
            return Fail(start, "Unsigned numbers are not known here. Write the number without the `u`.");
        }

        return IsNamePart(Peek(0))
            ? Fail(_position, $"A number ends before `{Peek(0)}`. Put an operator between, or quotes around a text.")
            : new Token(kind, start, text[start.._position]);
    }

    private void SkipDigits(Func<char, bool> isDigit)
    {
        while (isDigit(Peek(0)))
        {
            _position++;
        }
    }

    private Token ReadString(int start, bool isRaw)
    {
        var quoted = new QuotedText(text, _position, isRaw, faults);
        var content = quoted.Read(out _position);
        return new Token(TokenKind.String, start, content);
    }

    /// <summary>A name with letters that a plain name cannot have: <c>record.`first-name`</c>.</summary>
    private Token ReadQuotedName()
    {
        var start = _position;
        var end = text.IndexOf('`', start + 1);
        if (end <= start + 1)
        {
            return Fail(start, "A name in back quotes is empty or has no end.");
        }

        _position = end + 1;
        return new Token(TokenKind.QuotedName, start, text[(start + 1)..end]);
    }

    private Token ReadSign(char letter)
    {
        var start = _position;
        foreach (var sign in TwoLetterSigns)
        {
            if (text.AsSpan(start).StartsWith(sign, StringComparison.Ordinal))
            {
                _position += 2;
                return new Token(TokenKind.Sign, start, sign);
            }
        }

        if ("()[]{}.,?:+-*/%<>!".Contains(letter, StringComparison.Ordinal))
        {
            _position++;
            return new Token(TokenKind.Sign, start, letter.ToString());
        }

        return Fail(start, letter switch
        {
            '=' => "Write `==` to compare.",
            '&' => "Write `&&` for and.",
            '|' => "Write `||` for or.",
            _ => "This character has no meaning here. A text stands in quotes.",
        });
    }

    private Token Fail(int position, string message)
    {
        faults.Add(position, message);
        return new Token(TokenKind.End, text.Length, "");
    }
}
