namespace Postroom.Declarations;

/// <summary>What is declared of a resource beyond what every endpoint has.</summary>
public sealed record ResourceDeclaration
{
    /// <summary>Who may do what; nobody anything unless told.</summary>
    public AccessDeclaration Access { get; init; } = new();

    /// <summary>
    /// Indexes for lists and queries: the JSON Pointers of their fields, such as <c>/city</c>. At most 20.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    /// <summary>
    /// The JSON Pointers of the fields, unique together, by which a POST updates the record that has the same values
    /// in place of being refused. Null for no such thing.
    /// </summary>
    public IReadOnlyList<string>? Upsert { get; init; }

    /// <summary>
    /// Refuse a change without <c>If-Match</c> with 428, so that nobody overwrites what he has not seen.
    /// </summary>
    public bool RequiresIfMatch { get; init; }

    /// <summary>Keep changes in their order, so that they can be followed.</summary>
    public bool HasChanges { get; init; }

    /// <summary>The JSON Pointers of the text fields that full-text search looks into.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>What the records of one key may weigh together. At most 10.</summary>
    public IReadOnlyList<CapacityDeclaration> Capacities { get; init; } = [];

    /// <summary>Which ranges may not overlap. At most 10.</summary>
    public IReadOnlyList<OverlapDeclaration> Overlaps { get; init; } = [];

    /// <summary>
    /// How long a new record counts before it is confirmed: a second to 30 days. Null for records that count for good.
    /// </summary>
    public TimeSpan? Hold { get; init; }
}
