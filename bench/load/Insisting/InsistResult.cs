namespace Postroom.Load.Insisting;

/// <summary>What became of requests that were sent until they were answered.</summary>
internal sealed record InsistResult
{
    /// <summary>Requests that were answered with a 201.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Of these, answered with what an earlier request of the same key had got.</summary>
    public required long Replayed { get; init; }

    /// <summary>How often a request was sent again, because no answer came or one that says to come back.</summary>
    public required long Retried { get; init; }

    /// <summary>Requests with an answer that no repeat would change.</summary>
    public required long Refused { get; init; }

    /// <summary>Requests that were given up: stored or not, both are right.</summary>
    public required long Unanswered { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The first refusal, as it came.</summary>
    public string? FirstRefusal { get; init; }
}
