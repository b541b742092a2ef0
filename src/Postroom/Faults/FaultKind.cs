namespace Postroom.Faults;

/// <summary>A kind of refusal. The catalogue is closed; codes are promises.</summary>
/// <param name="Code">The stable name, in kebab case.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind in a few words, the same for every refusal of it.</param>
/// <param name="Retry">What a client should do next.</param>
/// <param name="Explanation">For the documentation: when it happens and what to do, in plain words.</param>
public sealed record FaultKind(string Code, int Status, string Title, RetryAdvice Retry, string Explanation)
{
    /// <summary>
    /// The problem's type (RFC 9457 §3.1.1): a page of the server that explains the kind, or a registered type.
    /// </summary>
    public string Type { get; init; } = "/_postroom/errors/" + Code;
}
