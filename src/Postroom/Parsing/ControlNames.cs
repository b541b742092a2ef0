namespace Postroom.Parsing;

/// <summary>
/// Which top-level fields speak to the server and are no part of the message: names that begin with one underscore
/// (<c>_key</c>, <c>_token</c>, <c>_next</c>, <c>_gotcha</c>, <c>_charset_</c> …) unless the schema declares them,
/// and the honeypots. Two underscores make a plain name.
/// </summary>
internal sealed class ControlNames
{
    private readonly Utf8NameMap<string> _honeypots = new();
    private readonly FormShape? _shape;

    private ControlNames()
    {
    }

    public ControlNames(IEnumerable<string> honeypots, FormShape shape)
    {
        _shape = shape;
        foreach (string name in honeypots.Distinct(StringComparer.Ordinal))
        {
            _honeypots.Add(name, name);
        }
    }

    /// <summary>No field speaks to the server.</summary>
    public static ControlNames None { get; } = new();

    public bool Holds(ReadOnlySpan<byte> name)
    {
        bool hasUnderscore = name.Length > 0 && name[0] == '_' && !(name.Length > 1 && name[1] == '_');
        return _honeypots.Find(name) is not null || (hasUnderscore && _shape?.Declares(name) == false);
    }
}
