namespace Postroom.Expressions.Sql;

/// <summary>
/// An expression as a condition of SQL and what is left of it. A record passes when the condition holds and
/// <see cref="Rest"/> is true for it: exactly when the whole expression is true.
/// </summary>
/// <param name="Text">The condition, never empty; <c>TRUE</c> when nothing can be said in SQL.</param>
/// <param name="Parameters">Strings, longs, ints, doubles and booleans, in the order of their numbers.</param>
/// <param name="Rest">What must be evaluated for each record; null when the condition says it all.</param>
internal sealed record SqlFilter(string Text, IReadOnlyList<object> Parameters, Expression? Rest);
