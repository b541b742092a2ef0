namespace Postroom.Crash.Tests.Posting;

/// <summary>What a client saw of one POST.</summary>
/// <param name="Status">The HTTP status; 0 when the connection broke, or patience ended, before the answer was whole.</param>
/// <param name="Body">The answer's bytes.</param>
/// <param name="KeyStatus">The header Idempotency-Status, such as created or replayed.</param>
internal sealed record PostReply(int Status, byte[] Body, string? KeyStatus)
{
    public static PostReply Broken { get; } = new(0, [], null);

    /// <summary>Whether there is a Retry-After.</summary>
    public bool SaysWhenAgain { get; init; }

    public bool IsAcknowledged => Status is >= 200 and < 400;
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
