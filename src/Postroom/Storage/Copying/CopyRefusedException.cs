namespace Postroom.Storage.Copying;

/// <summary>A copy cannot begin or go on; the message says why and what to do, and holds no secret.</summary>
internal sealed class CopyRefusedException : Exception
{
    public CopyRefusedException(string message)
        : base(message)
    {
    }

    public CopyRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
