namespace Postroom.Expressions.Sql;

/// <summary>What differs from engine to engine. Values are bound, never written into the text.</summary>
internal abstract class SqlDialect
{
    /// <summary>A parameter by its number, from 1.</summary>
    public abstract string Parameter(int number);

    /// <summary>How a boolean is bound.</summary>
    public abstract object Boolean(bool value);

    /// <summary>A text column, compared by code point.</summary>
    public abstract string Text(string column);

    /// <summary>Whether the column's text ends in another.</summary>
    /// <param name="column">The column.</param>
    /// <param name="ending">What is sought, not empty.</param>
    /// <param name="bind">Makes a parameter of a value.</param>
    public abstract string EndsWith(string column, string ending, Func<object, string> bind);

    /// <summary>Whether the column's text contains another, which is not empty.</summary>
    public abstract string Contains(string column, string part, Func<object, string> bind);

    /// <summary>Whether the text can be bound.</summary>
    public abstract bool CanBind(string text);
}
