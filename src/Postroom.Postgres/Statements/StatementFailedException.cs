namespace Postroom.Postgres.Statements;

/// <summary>A statement of the user's failed; the message is what the server said.</summary>
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
