namespace Postroom.Faults;

/// <summary>A refusal as a value: it travels through the stages and is rendered at the end.</summary>
/// <param name="Kind">Its kind from the catalogue.</param>
/// <param name="Message">What to do next, in words a newcomer understands; never empty, safe to show.</param>
public sealed record Fault(FaultKind Kind, string Message)
{
    /// <summary>Each fault of the document, where there are any.</summary>
    public IReadOnlyList<FieldFault> Errors { get; init; } = [];

    /// <summary>The limit that was hit, if one was.</summary>
    public LimitFault? Limit { get; init; }

    /// <summary>The record in the way, where the caller may know of it.</summary>
    public ExistingRecord? Existing { get; init; }

    /// <summary>How much of what was asked for is left, where that is the question.</summary>
    public long? Left { get; init; }

    /// <summary>Further numbers that the kind's registered type asks for, by their names.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Members { get; init; } = [];

    /// <summary>When a retry makes sense; null when it does not or when no time can be named.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Header lines that the status demands, such as Allow with 405 (RFC 9110 §15.5.6).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>True when unread bytes of the body may be on the connection, so that it must be closed.</summary>
    public bool ClosesConnection { get; init; }
}
