namespace Postroom.Validation;

/// <summary>
/// Finds any of many words in one pass over a text (Aho and Corasick, 1975): the time does not depend on how many words
/// there are, nor on how a text is made to resemble them.
/// </summary>
internal sealed class WordList
{
    // Thai is the first of the scripts, by code point, that are written without spaces.
    private const char UnspacedFirst = '\u0E00';

    private readonly Dictionary<(int Node, char Next), int> _next = [];
    private readonly List<Node> _nodes = [new Node()];

    public WordList(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            Add(word, FoldedText.Fold(word));
        }

        Link();
    }

    public bool IsEmpty => _nodes.Count == 1;

    /// <summary>The first of the words that the folded text holds, as it was declared; null for none.</summary>
    public string? Find(ReadOnlySpan<char> text)
    {
        var node = 0;
        for (var index = 0; index < text.Length; index++)
        {
            node = Step(node, text[index]);
            for (var found = node; found > 0; found = _nodes[found].Shorter)
            {
                if (_nodes[found] is { Word: { } word, Depth: var depth }
                    && IsWhole(text, index + 1 - depth, index + 1))
                {
                    return word;
                }
            }
        }

        return null;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !Joins(text[start - 1], text[start]))
        && (end == text.Length || !Joins(text[end], text[end - 1]));

    private static bool Joins(char outside, char inside) =>
        inside < UnspacedFirst && char.IsLetterOrDigit(inside) && char.IsLetterOrDigit(outside);

    private int Step(int node, char next)
    {
        int target;
        while (!_next.TryGetValue((node, next), out target))
        {
            if (node == 0)
            {
                return 0;
            }

            node = _nodes[node].Fallback;
        }

        return target;
    }

    private void Add(string word, string folded)
    {
        var node = 0;
        foreach (var character in folded)
        {
            if (!_next.TryGetValue((node, character), out var target))
            {
                target = _nodes.Count;
                _next.Add((node, character), target);
                _nodes.Add(new Node { Parent = node, Character = character, Depth = _nodes[node].Depth + 1 });
            }

            node = target;
        }

        _nodes[node].Word ??= node == 0 ? null : word;
    }

    /// <summary>
    /// Level by level: the longest end of each node that begins another word, and the words on that way.
    /// </summary>
    private void Link()
    {
        foreach (var node in _nodes.Skip(1).OrderBy(node => node.Depth))
        {
            node.Fallback = node.Depth == 1 ? 0 : Step(_nodes[node.Parent].Fallback, node.Character);
            node.Shorter = _nodes[node.Fallback].Word is null ? _nodes[node.Fallback].Shorter : node.Fallback;
        }
    }

    private sealed class Node
    {
        public int Parent { get; init; }

        public char Character { get; init; }

        public int Depth { get; init; }

        public int Fallback { get; set; }

        /// <summary>The nearest shorter node at which a word ends.</summary>
        public int Shorter { get; set; }

        public string? Word { get; set; }
    }
}
