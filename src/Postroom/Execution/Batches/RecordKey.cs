using Postroom.Storage.Records;

namespace Postroom.Execution.Batches;

/// <summary>Values that are compared all together.</summary>
internal readonly struct RecordKey(IReadOnlyList<RecordValue> values) : IEquatable<RecordKey>
{
    private readonly IReadOnlyList<RecordValue> _values = values;

    public bool Equals(RecordKey other) => _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
