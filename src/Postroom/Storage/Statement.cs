namespace Postroom.Storage;

/// <summary>
/// One parameterised statement in the store's own dialect, over a table of the user's.
/// </summary>
/// <param name="Text">The statement with the placeholders <c>?1</c>, <c>?2</c> …</param>
/// <param name="Parameters">
/// Their values in order: null, string, long, int, bool (stored as 0 or 1), double, or byte[].
/// </param>
/// <exception cref="ArgumentException">A parameter has another type.</exception>
public sealed record Statement(string Text, params IReadOnlyList<object?> Parameters)
{
    /// <summary>The values in order.</summary>
    public IReadOnlyList<object?> Parameters { get; init; } = Checked(Parameters);

    private static IReadOnlyList<object?> Checked(IReadOnlyList<object?> parameters)
    {
        foreach (var value in parameters)
        {
            if (value is not (null or string or long or int or bool or double or byte[]))
            {
                throw new ArgumentException(
                    $"A statement takes null, string, long, int, bool, double and byte[], not {value.GetType()}.",
                    nameof(parameters));
            }
        }

        return parameters;
    }
}
