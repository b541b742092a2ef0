using System.Text;

namespace Postroom.Load.Comparing;

/// <summary>A Markdown table: the first column text, the others right-aligned.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    internal MarkdownTable(params string[] headings)
    {
        Row(headings);
        _text.Append("|---");
        foreach (var _ in headings.Skip(1))
        {
            _text.Append("|--:");
        }

        _text.AppendLine("|");
    }

    internal MarkdownTable Row(params string[] cells)
    {
        _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
        return this;
    }

    public override string ToString() => _text.ToString();
}
