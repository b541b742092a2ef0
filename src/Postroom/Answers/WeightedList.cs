using System.Globalization;

namespace Postroom.Answers;

/// <summary>Takes a list with weights apart, such as <c>text/html, */*;q=0.8</c> (RFC 9110 §5.6.1, §12.4.2).</summary>
internal ref struct WeightedList(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    public WeightedItem Current { get; private set; }

    public readonly WeightedList GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var item = Cut(ref _rest, ',');
            var value = Cut(ref item, ';').Trim();
            if (!value.IsEmpty)
            {
                Current = new WeightedItem(value, Weight(item));
                return true;
            }
        }

        return false;
    }

    private static double Weight(ReadOnlySpan<char> parameters)
    {
        while (!parameters.IsEmpty)
        {
            var parameter = Cut(ref parameters, ';').Trim();
            if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // What is no number of the grammar, NaN too, is no wish.
            return double.TryParse(
                parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                && weight >= 0 ? Math.Min(weight, 1) : 0;
        }

        return 1;
    }

    /// <summary>Takes what stands before the mark, which counts outside of quoted text only (§5.6.4).</summary>
    private static ReadOnlySpan<char> Cut(scoped ref ReadOnlySpan<char> text, char mark)
    {
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (quoted && text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[at] == mark)
            {
                var before = text[..at];
                text = text[(at + 1)..];
                return before;
            }
        }

        var all = text;
        text = default;
        return all;
    }
}
