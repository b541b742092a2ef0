using System.Diagnostics.CodeAnalysis;

namespace Postroom.Answers;

/// <summary>A piece of markup: a constant, or a method that writes it. It passes into a template as it is.</summary>
internal readonly struct Html
{
    private readonly string? _constant;
    private readonly Action<HtmlWriter>? _write;

    private Html(string? constant, Action<HtmlWriter>? write)
    {
        _constant = constant;
        _write = write;
    }

    /// <summary>No markup.</summary>
    public static Html Empty => default;

    /// <summary>Markup that stands in the source; the analyzer refuses anything but a constant (CA1857).</summary>
    public static Html Constant([ConstantExpected] string markup) => new(markup, null);

    /// <summary>The constant when the condition holds, else nothing: for attributes such as <c>required</c>.</summary>
    public static Html When(bool condition, [ConstantExpected] string markup) =>
        condition ? new Html(markup, null) : default;

    /// <summary>Markup that is written where the piece is put.</summary>
    public static Html From(Action<HtmlWriter> write) => new(null, write);

    internal void WriteTo(HtmlWriter html)
    {
        if (_constant is not null)
        {
            html.WriteLiteral(_constant);
        }

        _write?.Invoke(html);
    }
}
