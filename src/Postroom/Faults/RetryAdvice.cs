namespace Postroom.Faults;

/// <summary>Whether, and with which key, sending again makes sense.</summary>
public enum RetryAdvice
{
    /// <summary>No: the same will be refused again.</summary>
    Never,

    /// <summary>After correcting the request; a key may be kept, since nothing was stored under it.</summary>
    AfterCorrection,

    /// <summary>Yes, the same request with the same key, after the time given or with growing pauses.</summary>
    SameRequest,

    /// <summary>Yes, but with a new key: the one sent stands for another request.</summary>
    WithNewKey,
}
