using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postroom.Declarations.Yaml;

/// <summary>The events of one YAML text, one after the other.</summary>
internal sealed class YamlEvents
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    /// <exception cref="YamlException">The text breaks the grammar at its beginning.</exception>
    public YamlEvents(string text)
    {
        _scanner = new(new StringReader(text), skipComments: true);
        _parser = new(_scanner);
        Advance();
    }

    public ParsingEvent Current => _parser.Current!;

    /// <summary>The current event, and on to the next.</summary>
    /// <exception cref="YamlException">The text breaks the grammar there.</exception>
    public T Take<T>()
        where T : ParsingEvent
    {
        var current = (T)Current;
        Advance();
        return current;
    }

    /// <summary>
    /// Some broken texts make the scanner fail on an assumption of its own: they are faults of the text too.
    /// </summary>
    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, YamlWords.Unclosed, exception);
        }
    }
}
