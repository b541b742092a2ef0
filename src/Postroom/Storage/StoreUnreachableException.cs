namespace Postroom.Storage;

/// <summary>A store that is not in this process does not answer. Nothing was changed by the call.</summary>
public sealed class StoreUnreachableException : IOException
{
    private const string Text = "The store does not answer.";

    /// <summary>Without more to say.</summary>
    public StoreUnreachableException()
        : base(Text)
    {
    }

    /// <summary>With a message for the log.</summary>
    public StoreUnreachableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the log, and what the network said.</summary>
    public StoreUnreachableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>With what the network said.</summary>
    public StoreUnreachableException(Exception inner)
        : base(Text, inner)
    {
    }
}
