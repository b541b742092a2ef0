namespace Postroom.Expressions;

/// <summary>
/// The names that an expression may use, and their types. A name is looked for as the longest qualified variable first,
/// as CEL does; a bare name may also be a field of the container. Built once, then shared.
/// </summary>
internal sealed class ExpressionEnvironment
{
    private readonly Dictionary<string, ExpressionVariable> _variables = new(StringComparer.Ordinal);

    /// <summary>The variable whose fields may be written without it; null for none.</summary>
    public string? Container { get; init; }

    public IReadOnlyCollection<ExpressionVariable> Variables => _variables.Values;

    /// <summary>Adds a variable; its slot is the number of those added before.</summary>
    /// <param name="name">A name, or names with dots between.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="isRow">Whether it differs from record to record.</param>
    public ExpressionEnvironment Declare(string name, ExpressionType type, bool isRow = false)
    {
        _variables.Add(name, new ExpressionVariable(name, type, _variables.Count, isRow));
        return this;
    }

    public ExpressionVariable? Find(string name) => _variables.GetValueOrDefault(name);
}
