using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>The kind of a refusal by the endpoint's own code, which chooses its status.</summary>
internal static class Rejection
{
    /// <summary>The statuses that it may choose.</summary>
    public static IReadOnlyList<int> Statuses { get; } = [400, 402, 403, 404, 409, 410, 422];

    /// <param name="status">The status.</param>
    /// <param name="isFinal">True when it is stored under the key: then only a new key makes a new request.</param>
    public static FaultKind Kind(int status, bool isFinal) => FaultCatalogue.Rejected with
    {
        Status = status,
        Retry = isFinal ? RetryAdvice.WithNewKey : RetryAdvice.AfterCorrection,
    };
}
