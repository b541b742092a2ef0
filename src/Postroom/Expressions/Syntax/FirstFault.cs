using Postroom.Faults;

namespace Postroom.Expressions.Syntax;

/// <summary>Keeps the first fault of a text; what follows from it would only confuse.</summary>
internal sealed class FirstFault(string text)
{
    public ExpressionFault? Fault { get; private set; }

    /// <param name="position">Where, in characters (UTF-16) from the beginning of the text.</param>
    /// <param name="message">What was expected.</param>
    /// <param name="limit">The limit that was hit, if one was.</param>
    public void Add(int position, string message, LimitFault? limit = null)
    {
        if (Fault is not null)
        {
            return;
        }

        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var line = before.Count('\n') + 1;
        before = before[(before.LastIndexOf('\n') + 1)..];
        var column = 1;
        foreach (var _ in before.EnumerateRunes())
        {
            column++;
        }

        Fault = new ExpressionFault(line, column, message) { Limit = limit };
    }

    public void AddLimit(int position, string name, int value, string what) =>
        Add(position, $"The expression has more than {value} {what} (`{name}`). Make it shorter.",
            new LimitFault(name, value));
}
