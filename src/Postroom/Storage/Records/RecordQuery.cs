using Postroom.Expressions;
using Postroom.Expressions.Values;

namespace Postroom.Storage.Records;

/// <summary>Which records are asked for, and in which order.</summary>
internal sealed record RecordQuery
{
    /// <summary>The resource.</summary>
    public required RecordTable Table { get; init; }

    /// <summary>Only those of this owner; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Only those for which it is true, in the environment of <see cref="RecordVariables"/>; null for all.
    /// </summary>
    public Expression? Filter { get; init; }

    /// <summary>What the filter's variables are that are the same for all records, by slot.</summary>
    public ExpressionValue[] Variables { get; init; } = [];

    /// <summary>What a filter may see of a document; null for all of it.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Shown { get; init; }

    /// <summary>The order; then by id, in the direction of the last, newest first when there is none.</summary>
    public IReadOnlyList<RecordSort> Sorts { get; init; } = [];

    /// <summary>Go on behind this place; null to begin.</summary>
    public RecordPlace? After { get; init; }

    /// <summary>At most so many, 1 to 1000; 30 unless told.</summary>
    public int Limit { get; init; } = 30;

    /// <summary>
    /// How many records one call evaluates the filter for where the engine cannot: then the page ends, with fewer
    /// records and the place to go on from.
    /// </summary>
    public int ScanMax { get; init; } = 10_000;

    /// <summary>Ids rise.</summary>
    public bool IsOldestFirst => Sorts.Count > 0 && !Sorts[^1].IsDescending;

    /// <summary>Whether a filter that is left to evaluation is true for the record.</summary>
    /// <param name="filter">The filter, or what is left of it.</param>
    /// <param name="record">The record.</param>
    /// <param name="variables">A copy of <see cref="Variables"/> that this may write to.</param>
    public bool Passes(Expression? filter, Record record, ExpressionValue[] variables)
    {
        if (filter is null)
        {
            return true;
        }

        RecordVariables.Set(variables, record, Shown?.Invoke(record.Document) ?? record.Document);
        return filter.IsTrue(variables);
    }
}
