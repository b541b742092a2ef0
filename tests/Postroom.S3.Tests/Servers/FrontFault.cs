namespace Postroom.S3.Tests.Servers;

/// <summary>What a <see cref="FaultyFront"/> does to a request; the refusals by the names that S3 gives them.</summary>
internal enum FrontFault
{
    None,

    /// <summary>The connection ends before the store has seen the request.</summary>
    Dropped,

    /// <summary>The store has done it, and the connection ends before the answer.</summary>
    AnswerLost,

    /// <summary>There is no answer.</summary>
    Stalled,

    SlowDown,
    InternalError,
    AccessDenied,
    RequestTimeTooSkewed,
    QuotaExceeded,
}
