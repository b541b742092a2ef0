using System.Buffers;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Writes a form's tree as JSON: members in the order in which they first came, list elements in the order of their
/// positions without gaps, text as the type that the schema wants where it reads as one.
/// </summary>
internal readonly struct FormTreeWriter
{
    private readonly FormTree _tree;
    private readonly JsonOutput _output;
    private readonly int _depthMax;

    private FormTreeWriter(FormTree tree, JsonOutput output, int depthMax)
    {
        _tree = tree;
        _output = output;
        _depthMax = depthMax;
    }

    /// <summary>Writes the document; returns a refusal when arrays make it nest too deep.</summary>
    public static Fault? Write(FormTree tree, JsonOutput output, int depthMax)
    {
        MarkPresent(tree.Nodes);
        FormTreeWriter writer = new(tree, output, depthMax);
        return writer.WriteObject(FormTree.Root, 1) ? null : ParsingFaults.TooDeep(depthMax);
    }

    /// <summary>
    /// Children come after their parents, so that one pass from the end carries presence up to the root.
    /// </summary>
    private static void MarkPresent(Span<FormNode> nodes)
    {
        for (int node = nodes.Length - 1; node > 0; node--)
        {
            if (nodes[node].IsPresent)
            {
                nodes[nodes[node].Parent].IsPresent = true;
            }
        }
    }

    private bool WriteNode(int node, int level)
    {
        ref FormNode current = ref _tree.Nodes[node];
        return current.Kind switch
        {
            FormNodeKind.Object when current.IsWrapped => WriteWrapped(node, level + 1),
            FormNodeKind.Object => WriteObject(node, level + 1),
            FormNodeKind.List or FormNodeKind.Array => WriteList(node, level + 1),
            _ => WriteValues(current, level),
        };
    }

    private bool WriteObject(int node, int level)
    {
        if (level > _depthMax)
        {
            return false;
        }

        _output.Byte((byte)'{');
        bool isFirst = true;
        for (int child = _tree.Nodes[node].FirstChild; child >= 0; child = _tree.Nodes[child].Next)
        {
            if (!_tree.Nodes[child].IsPresent)
            {
                continue;
            }

            Separate(ref isFirst);
            _output.String(_tree.NameOf(_tree.Nodes[child]));
            _output.Byte((byte)':');
            if (!WriteNode(child, level))
            {
                return false;
            }
        }

        _output.Byte((byte)'}');
        return true;
    }

    private bool WriteWrapped(int node, int level)
    {
        _output.Byte((byte)'[');
        bool isWritten = WriteObject(node, level + 1);
        _output.Byte((byte)']');
        return isWritten;
    }

    private bool WriteList(int node, int level)
    {
        if (level > _depthMax)
        {
            return false;
        }

        int count = _tree.Nodes[node].ChildCount;
        long[] order = ArrayPool<long>.Shared.Rent(count);
        Span<long> elements = order.AsSpan(0, count);
        int filled = 0;
        for (int child = _tree.Nodes[node].FirstChild; child >= 0; child = _tree.Nodes[child].Next)
        {
            elements[filled++] = ((long)_tree.Nodes[child].Position << 32) | (uint)child;
        }

        elements.Sort();
        bool isWritten = WriteElements(elements, level);
        ArrayPool<long>.Shared.Return(order);
        return isWritten;
    }

    private bool WriteElements(ReadOnlySpan<long> elements, int level)
    {
        _output.Byte((byte)'[');
        bool isFirst = true;
        foreach (long element in elements)
        {
            int child = (int)element;
            if (!_tree.Nodes[child].IsPresent)
            {
                continue;
            }

            Separate(ref isFirst);
            if (!WriteNode(child, level))
            {
                return false;
            }
        }

        _output.Byte((byte)']');
        return true;
    }

    private bool WriteValues(in FormNode node, int level)
    {
        bool isSingle = node.FirstValue == node.LastValue;
        if (isSingle && node.Kind != FormNodeKind.Appended)
        {
            return WriteValue(_tree.Values[node.FirstValue], node.Shape, level);
        }

        if (level + 1 > _depthMax)
        {
            return false;
        }

        _output.Byte((byte)'[');
        bool isFirst = true;
        for (int value = node.FirstValue; value >= 0; value = _tree.Values[value].Next)
        {
            Separate(ref isFirst);
            if (!WriteValue(_tree.Values[value], node.Shape.Items, level + 1))
            {
                return false;
            }
        }

        _output.Byte((byte)']');
        return true;
    }

    private bool WriteValue(in FormValue value, FormShape shape, int level)
    {
        if (!value.IsJson && shape.WantsArray)
        {
            if (level + 1 > _depthMax)
            {
                return false;
            }

            _output.Byte((byte)'[');
            bool isWritten = WriteValue(value, shape.Items, level + 1);
            _output.Byte((byte)']');
            return isWritten;
        }

        ReadOnlySpan<byte> text = _tree.Text.Slice(value.Start, value.Length);
        if (value.IsJson)
        {
            _output.Raw(text);
        }
        else if (value.File >= 0)
        {
            _tree.NoteFile(_output.Length, value.File);
            _output.String(text);
        }
        else
        {
            FormTextWriter.Write(_output, text, shape);
        }

        return true;
    }

    private void Separate(ref bool isFirst)
    {
        if (!isFirst)
        {
            _output.Byte((byte)',');
        }

        isFirst = false;
    }
}
