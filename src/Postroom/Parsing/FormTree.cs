using System.Buffers;
using System.Numerics;
using System.Text;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// The document that a form's fields make, as a tree over one text buffer. Fields come in any order; each costs one
/// look-up per segment of its name, under a keyed hash, whatever names the sender chose.
/// </summary>
internal sealed class FormTree : IDisposable
{
    /// <summary>The index of the document itself.</summary>
    public const int Root = 0;

    /// <summary>The name's start in nodes that have none: elements of a JSON array.</summary>
    private const int NoName = -1;

    private const int FewFields = 16;

    private readonly byte[] _text;
    private readonly FormRules _rules;
    private PooledList<FormNode> _nodes;
    private PooledList<FormValue> _values;
    private int[] _slots;
    private int _slotCount;
    private int _named;

    // Names come in groups (lines[0][sku], lines[0][title] …): what a name shares with the last one, brackets and all,
    // is not looked up again. It ends behind the bracket that opens the last group, and stands for this place.
    private int _sharedStart;
    private int _sharedLength;
    private int _sharedNode;

    /// <param name="text">Holds every name and value; offsets below are into it.</param>
    /// <param name="rules">The endpoint's rules.</param>
    /// <param name="fields">About how many fields will come.</param>
    public FormTree(byte[] text, FormRules rules, int fields)
    {
        _text = text;
        _rules = rules;
        // A field is a place, and perhaps a group.
        _nodes = new((fields * 2) + FewFields);
        _values = new(fields + FewFields);
        _slotCount = (int)BitOperations.RoundUpToPowerOf2((uint)((fields * 4) + FewFields));
        _slots = RentSlots(_slotCount);
        AddNode(-1, 0, 0, 0, rules.Shape);
        _nodes[Root].Kind = FormNodeKind.Object;
    }

    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Where the names of files were written; null when there are none.</summary>
    public List<FilePlace>? Files { get; private set; }

    public Span<FormNode> Nodes => _nodes.Items;

    public Span<FormValue> Values => _values.Items;

    /// <summary>
    /// Finds or makes the place that a top-level name stands for, brackets followed; a refusal or null. What comes
    /// into the place is a text or scalar (<see cref="FormNodeKind.Values"/>), or a JSON object or array.
    /// </summary>
    public Fault? Place(int nameStart, int nameLength, FormNodeKind content, out int node)
    {
        ReadOnlySpan<byte> name = _text.AsSpan(nameStart, nameLength);
        if (SharesGroup(name))
        {
            node = _sharedNode;
            return Step(ref node, nameStart + _sharedLength, nameLength - _sharedLength - 1, name)
                ?? Settle(node, content, name);
        }

        FieldPath path = new(name);
        node = Root;
        if (path.Depth > _rules.Limits.Depth)
        {
            return ParsingFaults.TooDeep(_rules.Limits.Depth);
        }

        node = Member(Root, nameStart, path.Segment.Length);
        while (path.Next())
        {
            if (path.Segment.IsEmpty)
            {
                return path.IsLast ? Append(node, content, name) : ParsingFaults.GroupsWithoutPosition(name);
            }

            (_sharedStart, _sharedLength, _sharedNode) = (nameStart, path.SegmentStart, node);
            if (Step(ref node, nameStart + path.SegmentStart, path.Segment.Length, name) is { } fault)
            {
                return fault;
            }
        }

        return Settle(node, content, name);
    }

    /// <summary>Finds or makes a member of an object.</summary>
    public int Member(int parent, int nameStart, int nameLength)
    {
        ReadOnlySpan<byte> name = _text.AsSpan(nameStart, nameLength);
        uint slot = NameHash.Compute(parent, name) & (uint)(_slotCount - 1);
        while (_slots[slot] > 0)
        {
            ref FormNode known = ref _nodes[_slots[slot]];
            if (known.Parent == parent && name.SequenceEqual(NameOf(known)))
            {
                return _slots[slot];
            }

            slot = (slot + 1) & (uint)(_slotCount - 1);
        }

        ref FormNode owner = ref _nodes[parent];
        FormShape shape = owner.Kind == FormNodeKind.List ? owner.Shape.Items : owner.Shape.Property(name);
        int node = AddChild(parent, nameStart, nameLength, 0, shape);
        _slots[slot] = node;
        if (++_named * 2 > _slotCount)
        {
            GrowSlots();
        }

        return node;
    }

    /// <summary>Adds the next element of a JSON array.</summary>
    public int Element(int parent) =>
        AddChild(parent, NoName, 0, _nodes[parent].ChildCount, _nodes[parent].Shape.Items);

    /// <summary>Settles what a place is; a refusal when it is something else already.</summary>
    public Fault? Decide(int node, FormNodeKind kind, ReadOnlySpan<byte> name)
    {
        ref FormNode decided = ref _nodes[node];
        if (decided.Kind != FormNodeKind.Undecided && decided.Kind != kind)
        {
            return ParsingFaults.Contradiction(name);
        }

        decided.Kind = kind;
        return null;
    }

    /// <summary>Makes a group the one item of a list, where the schema wants a list.</summary>
    public void Wrap(int node)
    {
        ref FormNode group = ref _nodes[node];
        if (!group.IsWrapped && group.Shape.WantsArray && node != Root)
        {
            group.IsWrapped = true;
            group.Shape = group.Shape.Items;
        }
    }

    /// <summary>Adds a value to a place.</summary>
    public void AddValue(int node, int start, int length, bool isJson, int file = -1)
    {
        _values.Add() = new FormValue(start, length, isJson, file, -1);
        int value = _values.Count - 1;
        ref FormNode owner = ref _nodes[node];
        if (owner.FirstValue < 0)
        {
            owner.FirstValue = value;
        }
        else
        {
            _values[owner.LastValue].Next = value;
        }

        owner.LastValue = value;
        owner.IsPresent = true;
    }

    /// <summary>The JSON Pointer of a place (RFC 6901), for messages.</summary>
    public string PointerOf(int node)
    {
        Stack<string> segments = new();
        for (; node != Root; node = _nodes[node].Parent)
        {
            ref FormNode current = ref _nodes[node];
            segments.Push(current.NameStart != NoName
                ? Encoding.UTF8.GetString(NameOf(current)).Replace("~", "~0", StringComparison.Ordinal)
                    .Replace("/", "~1", StringComparison.Ordinal)
                : current.Position.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return "/" + string.Join('/', segments);
    }

    public void NoteFile(int offset, int file) => (Files ??= []).Add(new FilePlace(offset, file));

    public ReadOnlySpan<byte> NameOf(in FormNode node) => _text.AsSpan(node.NameStart, node.NameLength);

    public void Dispose()
    {
        _nodes.Dispose();
        _values.Dispose();
        ArrayPool<int>.Shared.Return(_slots);
        _slots = [];
    }

    /// <summary>True when the name is that of the last place's group with one more segment, not an empty one.</summary>
    private bool SharesGroup(ReadOnlySpan<byte> name) =>
        _sharedLength > 0 && name.Length > _sharedLength + 1 && name[^1] == ']'
        && name.StartsWith(_text.AsSpan(_sharedStart, _sharedLength))
        && name[_sharedLength..^1].IndexOfAny((byte)'[', (byte)']') < 0;

    private Fault? Settle(int node, FormNodeKind content, ReadOnlySpan<byte> name) =>
        content == FormNodeKind.Values ? Decide(node, content, name) : null;

    /// <summary>Follows one segment in brackets: a position where the place is or can be a list, else a name.</summary>
    private Fault? Step(ref int node, int start, int length, ReadOnlySpan<byte> name)
    {
        int position = 0;
        bool isPosition = !_nodes[node].Shape.IsObjectOnly
            && FieldPath.TryReadPosition(_text.AsSpan(start, length), out position);
        if (isPosition && position > _rules.Limits.Index)
        {
            return ParsingFaults.IndexTooLarge(name, _rules.Limits.Index);
        }

        if (Decide(node, isPosition ? FormNodeKind.List : FormNodeKind.Object, name) is { } fault)
        {
            return fault;
        }

        node = Member(node, start, length);
        _nodes[node].Position = position;
        return null;
    }

    /// <summary>
    /// A JSON array under a name such as <c>a[]</c> is that array; an object there belongs to no element.
    /// </summary>
    private Fault? Append(int node, FormNodeKind content, ReadOnlySpan<byte> name) => content switch
    {
        FormNodeKind.Values => Decide(node, FormNodeKind.Appended, name),
        FormNodeKind.Array => null,
        _ => ParsingFaults.GroupsWithoutPosition(name),
    };

    private int AddChild(int parent, int nameStart, int nameLength, int position, FormShape shape)
    {
        int node = AddNode(parent, nameStart, nameLength, position, shape);
        ref FormNode owner = ref _nodes[parent];
        if (owner.FirstChild < 0)
        {
            owner.FirstChild = node;
        }
        else
        {
            _nodes[owner.LastChild].Next = node;
        }

        owner.LastChild = node;
        owner.ChildCount++;
        return node;
    }

    private int AddNode(int parent, int nameStart, int nameLength, int position, FormShape shape)
    {
        ref FormNode node = ref _nodes.Add();
        node.Parent = parent;
        node.NameStart = nameStart;
        node.NameLength = nameLength;
        node.Position = position;
        node.Shape = shape;
        node.FirstChild = node.LastChild = node.Next = -1;
        node.FirstValue = node.LastValue = -1;
        return _nodes.Count - 1;
    }

    private void GrowSlots()
    {
        ArrayPool<int>.Shared.Return(_slots);
        _slotCount *= 2;
        _slots = RentSlots(_slotCount);
        for (int node = 1; node < _nodes.Count; node++)
        {
            if (_nodes[node].NameStart == NoName)
            {
                continue;
            }

            uint slot = NameHash.Compute(_nodes[node].Parent, NameOf(_nodes[node])) & (uint)(_slotCount - 1);
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & (uint)(_slotCount - 1);
            }

            _slots[slot] = node;
        }
    }

    private static int[] RentSlots(int count)
    {
        int[] slots = ArrayPool<int>.Shared.Rent(count);
        slots.AsSpan(0, count).Clear();
        return slots;
    }
}
