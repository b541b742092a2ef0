using System.Collections;
using Postroom.JsonSchema.Model;
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
    private readonly WalkScratch _scratch = new();
    private readonly int _faultsMax;

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

    /// <summary>How many faults of the schema were kept; 0 for a valid and for a malformed document.</summary>
    public int Count => _faults.Count;

    /// <summary>The faults in the order of the document.</summary>
    public SchemaFault this[int index] => _faults[index];

    /// <summary>Forgets everything; every walk begins with it.</summary>
    public void Clear()
    {
        Malformation = null;
        _faults.Clear();
        _scratch.Clear();
    }

    /// <inheritdoc/>
    public IEnumerator<SchemaFault> GetEnumerator() => _faults.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal JsonVerdict Walk(ReadOnlySpan<byte> json, SchemaNode root, int depthMax)
    {
        Clear();
        var walker = new Walker(json, _scratch, depthMax, _faultsMax);
        JsonVerdict verdict = walker.Walk(root);
        if (verdict == JsonVerdict.Invalid)
        {
            FaultPointers.Resolve(json, _scratch.Faults, depthMax, _faults);
        }
        else if (verdict == JsonVerdict.Malformed)
        {
            var position = Text.TextPosition.Of(json, walker.MalformedOffset);
            Malformation = new Malformation(
                walker.MalformedCode!, walker.MalformedOffset, position.Line, position.Column, walker.MalformedMessage);
        }

        return verdict;
    }
}
