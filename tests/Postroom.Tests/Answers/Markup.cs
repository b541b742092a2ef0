using System.Net;
using System.Text;

namespace Postroom.Tests.Answers;

/// <summary>
/// Reads a page as strictly as we write it: quoted attributes, balanced elements, references only where a parser needs
/// them. What it does not understand is a fault of the page.
/// </summary>
public sealed class Markup
{
    private static readonly HashSet<string> s_void = ["meta", "link", "input", "br", "hr", "img"];

    private readonly string _text;
    private int _at;

    private Markup(string text) => _text = text;

    public List<MarkupElement> Elements { get; } = [];

    public static Markup Read(ReadOnlySpan<byte> utf8) => Read(new UTF8Encoding(false, true).GetString(utf8));

    public static Markup Read(string text)
    {
        var markup = new Markup(text);
        markup.Run();
        return markup;
    }

    public IEnumerable<MarkupElement> All(string name) => Elements.Where(element => element.Name == name);

    public MarkupElement One(string name) => Assert.Single(All(name));

    public MarkupElement ById(string id) => Assert.Single(Elements, element => element["id"] == id);

    public MarkupElement ByName(string name) => Assert.Single(Elements, element => element["name"] == name);

    private void Run()
    {
        var open = new Stack<MarkupElement>();
        while (_at < _text.Length)
        {
            if (_text[_at] != '<')
            {
                ReadText(open);
            }
            else if (_text.AsSpan(_at).StartsWith("<!doctype html>"))
            {
                _at += "<!doctype html>".Length;
            }
            else if (_text[_at + 1] == '/')
            {
                ReadEnd(open);
            }
            else
            {
                ReadStart(open);
            }
        }

        Assert.Empty(open);
    }

    private void ReadText(Stack<MarkupElement> open)
    {
        var end = _text.IndexOf('<', _at);
        var raw = end < 0 ? _text[_at..] : _text[_at..end];
        Assert.DoesNotContain('>', raw);
        var decoded = Decode(raw);
        foreach (var element in open)
        {
            element.Text += decoded;
        }

        _at += raw.Length;
    }

    private void ReadEnd(Stack<MarkupElement> open)
    {
        var end = _text.IndexOf('>', _at);
        Assert.NotEmpty(open);
        Assert.Equal(open.Pop().Name, _text[(_at + 2)..end]);
        _at = end + 1;
    }

    private void ReadStart(Stack<MarkupElement> open)
    {
        _at++;
        var element = new MarkupElement(Name(), open.Count == 0 ? null : open.Peek());
        while (SkipSpace() && _text[_at] != '>')
        {
            var attribute = Name();
            var value = "";
            if (_text[_at] == '=')
            {
                var quote = _text[_at + 1];
                Assert.Contains(quote, "\"'");
                var end = _text.IndexOf(quote, _at + 2);
                value = Decode(_text[(_at + 2)..end]);
                _at = end + 1;
            }

            Assert.True(element.Attributes.TryAdd(attribute, value), $"{attribute} stands twice in {element.Name}");
        }

        _at++;
        Elements.Add(element);
        if (!s_void.Contains(element.Name))
        {
            open.Push(element);
        }
    }

    private bool SkipSpace()
    {
        while (char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return true;
    }

    private string Name()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-')
        {
            _at++;
        }

        Assert.True(_at > start, $"No name at: {_text[start..Math.Min(start + 40, _text.Length)]}");
        return _text[start.._at];
    }

    private static string Decode(string raw)
    {
        for (var at = raw.IndexOf('&', StringComparison.Ordinal); at >= 0; at = raw.IndexOf('&', at + 1))
        {
            var end = raw.IndexOf(';', at);
            Assert.True(end > at && end - at <= 7, $"A bare ampersand in: {raw}");
        }

        Assert.DoesNotContain(raw, character => char.IsControl(character) && character is not ('\n' or '\t'));
        return WebUtility.HtmlDecode(raw);
    }
}
