using System.Text;
using System.Text.Json;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>
/// The fields of documents that an expression names, found in one pass over each document, which ends with the last of
/// them.
/// </summary>
internal sealed class FieldTable
{
    private readonly List<(int Slot, Branch Root)> _roots = [];

    public int Count { get; private set; }

    /// <summary>The number of a field, which is added where it is not known yet.</summary>
    /// <param name="slot">The variable that holds the document.</param>
    /// <param name="path">The names that lead to the field.</param>
    public int Add(int slot, IReadOnlyList<string> path)
    {
        var root = _roots.Find(each => each.Slot == slot).Root;
        if (root is null)
        {
            _roots.Add((slot, root = new Branch("")));
        }

        foreach (var name in path)
        {
            root = root.Below(name);
        }

        return root.Field >= 0 ? root.Field : root.Field = Count++;
    }

    public void Find(ReadOnlySpan<ExpressionValue> variables, Span<FieldRange> ranges)
    {
        ranges.Clear();
        foreach (var (slot, root) in _roots)
        {
            if (slot < variables.Length && variables[slot].Kind == ExpressionValueKind.JsonObject)
            {
                var reader = new Utf8JsonReader(variables[slot].Bytes.Span, JsonDepth.Options);
                reader.Read();
                Find(ref reader, root, ranges, isWhole: true);
            }
        }
    }

    /// <summary>The reader is at the beginning of an object, and is left at its end, unless that is the document's.
    /// </summary>
    private static void Find(ref Utf8JsonReader reader, Branch branch, Span<FieldRange> ranges, bool isWhole)
    {
        var left = branch.Children.Length;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = left == 0 ? null : branch.Child(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            if (child.Children.Length > 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                Find(ref reader, child, ranges, isWhole: false);
            }
            else
            {
                reader.Skip();
            }

            if (child.Field >= 0)
            {
                ranges[child.Field] = new FieldRange(start, (int)reader.BytesConsumed);
            }

            if (--left == 0 && isWhole)
            {
                return;
            }
        }
    }

    private sealed class Branch(string name)
    {
        private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

        public string Name { get; } = name;

        public int Field { get; set; } = -1;

        public Branch[] Children { get; private set; } = [];

        public Branch Below(string below)
        {
            var child = Array.Find(Children, each => each.Name == below);
            if (child is null)
            {
                Children = [.. Children, child = new Branch(below)];
            }

            return child;
        }

        public Branch? Child(ref Utf8JsonReader reader)
        {
            foreach (var child in Children)
            {
                if (reader.ValueTextEquals(child._utf8))
                {
                    return child;
                }
            }

            return null;
        }
    }
}
