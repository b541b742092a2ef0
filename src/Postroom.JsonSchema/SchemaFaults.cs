using System.Collections;
using System.Text.Json;
using Postroom.JsonSchema.Faults;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Output;
using Postroom.JsonSchema.Text;
using Postroom.JsonSchema.Walking;

namespace Postroom.JsonSchema;

/// <summary>
/// Collects what a walk finds. Reusable: keep one per connection or in a pool, and a valid document allocates nothing.
/// Not for two threads at once.
/// </summary>
public sealed class SchemaFaults : IReadOnlyList<SchemaFault>
{
    /// <summary>How many faults are kept unless the constructor says otherwise.</summary>
    public const int FaultsMaxDefault = 100;

    private readonly List<SchemaFault> _faults = [];
    private readonly List<SchemaNode> _nodes = [];
    private readonly WalkScratch _scratch = new();
    private readonly int _faultsMax;
    private SchemaNode _root = SchemaNode.Anything;

    /// <summary>A collector.</summary>
    /// <param name="faultsMax">How many faults are kept; the document stays invalid beyond it. At least 1.</param>
    public SchemaFaults(int faultsMax = FaultsMaxDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(faultsMax, 1);
        _faultsMax = faultsMax;
    }

    /// <summary>Why the text is not acceptable JSON; null unless the verdict was <see cref="JsonVerdict.Malformed"/>.
    /// </summary>
    public Malformation? Malformation { get; private set; }

    /// <summary>The words of the messages; English unless told otherwise.</summary>
    public SchemaMessages Messages { get; init; } = SchemaMessages.English;

    /// <summary>How many faults of the schema were kept; 0 for a valid and for a malformed document.</summary>
    public int Count => _faults.Count;

    /// <summary>The faults in the order of the document.</summary>
    public SchemaFault this[int index] => _faults[index];

    /// <summary>Forgets everything; every walk begins with it.</summary>
    public void Clear()
    {
        Malformation = null;
        _faults.Clear();
        _nodes.Clear();
        _scratch.Clear();
    }

    /// <inheritdoc/>
    public IEnumerator<SchemaFault> GetEnumerator() => _faults.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Writes what the last walk found as an object in a standard output format. Annotations are not among it;
    /// <see cref="CompiledSchema.Root"/> tells those.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer, SchemaOutputFormat format)
    {
        ArgumentNullException.ThrowIfNull(writer);
        OutputWriter.Write(writer, format, this, _root, _faults.Count == 0 && Malformation is null);
    }

    /// <summary>Holds a document that did not come as a text.</summary>
    internal ValueCopy Copy { get; } = new();

    /// <summary>The schema that refused.</summary>
    internal SchemaNode NodeOf(int index) => _nodes[index];

    private void Tell(ReadOnlySpan<byte> json, int depthMax)
    {
        var words = new FaultWords(Messages);
        FaultPointers.Resolve(json, _scratch.Faults, depthMax, (fault, pointer) => Add(words, fault, pointer));
    }

    /// <summary>A sentence of the schema's own is told once for each place.</summary>
    private void Add(FaultWords words, in PendingFault fault, string pointer)
    {
        string schema = fault.Keyword.Length == 0
            ? fault.Node.Pointer
            : PointerText.Append(fault.Node.Pointer, fault.Keyword);
        var told = new SchemaFault(pointer, schema, fault.Keyword, fault.Code, words.Say(fault));
        bool isOwn = fault.Speaker.Annotations.Messages is not null;
        if (!isOwn || !_faults.Exists(other => other.Pointer == pointer && other.Message == told.Message))
        {
            _faults.Add(told);
            _nodes.Add(fault.Node);
        }
    }

    internal JsonVerdict Walk(ReadOnlySpan<byte> json, SchemaNode root, int depthMax)
    {
        Clear();
        _root = root;
        var walker = new Walker(json, _scratch, depthMax, _faultsMax);
        JsonVerdict verdict = walker.Walk(root.Target);
        if (verdict == JsonVerdict.Invalid)
        {
            Tell(json, depthMax);
        }
        else if (verdict == JsonVerdict.Malformed)
        {
            var position = TextPosition.Of(json, walker.MalformedOffset);
            Malformation = new Malformation(
                walker.MalformedCode!, walker.MalformedOffset, position.Line, position.Column, walker.MalformedMessage);
        }

        return verdict;
    }
}
