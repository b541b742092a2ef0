namespace Postroom.S3;

/// <summary>The bucket cannot be used as it is; the message says why and what to do.</summary>
public sealed class S3StartException : IOException
{
    /// <summary>Makes one with a message for the person who started the program.</summary>
    public S3StartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for the person who started the program, and its cause.</summary>
    public S3StartException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes one without a message.</summary>
    public S3StartException()
    {
    }
}
