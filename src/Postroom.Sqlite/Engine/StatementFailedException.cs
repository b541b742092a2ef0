namespace Postroom.Sqlite.Engine;

/// <summary>A statement of the user's failed; the message is what the engine said.</summary>
internal sealed class StatementFailedException : Exception
{
    public StatementFailedException(string message)
        : base(message)
    {
    }

    public StatementFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
