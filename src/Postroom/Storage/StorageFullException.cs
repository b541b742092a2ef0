namespace Postroom.Storage;

/// <summary>There is no space for a file. What was written of it goes when its writer is disposed.</summary>
public sealed class StorageFullException : IOException
{
    private const string Text = "There is no space left for a file.";

    /// <summary>Without more to say.</summary>
    public StorageFullException()
        : base(Text)
    {
    }

    /// <summary>With a message for the log.</summary>
    public StorageFullException(string message)
        : base(message)
    {
    }

    /// <summary>With what the disk said.</summary>
    public StorageFullException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>What the disk said.</summary>
    public StorageFullException(Exception inner)
        : base(Text, inner)
    {
    }
}
