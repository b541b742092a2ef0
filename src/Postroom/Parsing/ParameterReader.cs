namespace Postroom.Parsing;

/// <summary>
/// Walks the parameters of a header value, <c>; name=value; name="value"</c> (RFC 9110 §5.6.6), one pass, no copies.
/// Values come as they stand between the quotes: <c>Content-Type</c> unescapes a backslash (RFC 9110 §5.6.4), a
/// browser's <c>Content-Disposition</c> means it literally.
/// </summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> text, bool backslashEscapes)
{
    private ReadOnlySpan<byte> _rest = text;

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when the value stands in quotes and holds an escape.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>True when reading stopped at something that is not the grammar.</summary>
    public bool Failed { get; private set; }

    /// <summary>Goes to the next parameter; false at the end and at a fault.</summary>
    public bool Read()
    {
        Skip(HttpCharacters.WhiteSpaceLength(_rest));
        if (!_rest.IsEmpty && _rest[0] != ';')
        {
            return Fail();
        }

        while (!_rest.IsEmpty && _rest[0] == ';')
        {
            Skip(1);
            Skip(HttpCharacters.WhiteSpaceLength(_rest));
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        int nameLength = HttpCharacters.TokenLength(_rest);
        if (nameLength == 0 || nameLength + 1 >= _rest.Length || _rest[nameLength] != '=')
        {
            return Fail();
        }

        Name = _rest[..nameLength];
        Skip(nameLength + 1);
        return (_rest[0] == '"' ? ReadQuoted() : ReadToken()) && EndsHere();
    }

    private bool ReadToken()
    {
        int length = HttpCharacters.TokenLength(_rest);
        Value = _rest[..length];
        ValueIsEscaped = false;
        Skip(length);
        return length > 0 || Fail();
    }

    private bool ReadQuoted()
    {
        Skip(1);
        int end = 0;
        ValueIsEscaped = false;
        while (end < _rest.Length && _rest[end] != '"')
        {
            if (backslashEscapes && _rest[end] == '\\')
            {
                ValueIsEscaped = true;
                end++;
            }

            end++;
        }

        if (end >= _rest.Length)
        {
            return Fail();
        }

        Value = _rest[..end];
        Skip(end + 1);
        return true;
    }

    /// <summary>After a value only white space, a semicolon or the end may follow.</summary>
    private bool EndsHere()
    {
        Skip(HttpCharacters.WhiteSpaceLength(_rest));
        return _rest.IsEmpty || _rest[0] == ';' || Fail();
    }

    private bool Fail()
    {
        Failed = true;
        _rest = default;
        return false;
    }

    private void Skip(int count) => _rest = _rest[count..];
}
