using System.Globalization;

namespace Postroom.Declarations.Yaml;

/// <summary>How much a text comes to, with what aliases repeat counted each time: an alias bomb ends here.</summary>
internal sealed class ComposedSize
{
    private const int DepthMax = 64;
    private const int NodesMax = 100_000;
    private const int CharactersMax = 4_000_000;

    private int _nodes;
    private long _characters;
    private int _deepest;

    /// <summary>What is wrong; null within the bounds.</summary>
    public string? Fault
    {
        get
        {
            if (_deepest > DepthMax)
            {
                return $"The file nests deeper than {DepthMax} levels.";
            }

            return _nodes > NodesMax || _characters > CharactersMax
                ? $"The file holds more than {Shown(NodesMax)} values or {Shown(CharactersMax)} characters, with what "
                    + "aliases repeat."
                : null;
        }
    }

    public void AddNode(int depth)
    {
        _nodes++;
        _deepest = Math.Max(_deepest, depth);
    }

    public void AddText(string text) => _characters += text.Length;

    /// <summary>Counts again what an anchor holds.</summary>
    public void Repeat(Part part, int depth)
    {
        _nodes += part.Nodes - 1;
        _characters += part.Characters;
        _deepest = Math.Max(_deepest, depth + part.Height);
    }

    /// <summary>Composes something and tells how much it came to.</summary>
    public T Measure<T>(int depth, Func<T> compose, out Part part)
    {
        var (nodes, characters, deepest) = (_nodes, _characters, _deepest);
        _deepest = depth;
        var composed = compose();
        part = new(_nodes - nodes + 1, _characters - characters, _deepest - depth);
        _deepest = Math.Max(_deepest, deepest);
        return composed;
    }

    private static string Shown(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The size of one value with all below it.</summary>
    public readonly record struct Part(int Nodes, long Characters, int Height);
}
