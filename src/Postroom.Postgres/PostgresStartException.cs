namespace Postroom.Postgres;

/// <summary>The store cannot start with this database; the message says why and what to do.</summary>
public sealed class PostgresStartException : Exception
{
    /// <summary>Makes one with a message for the person who started the program.</summary>
    public PostgresStartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for the person who started the program, and its cause.</summary>
    public PostgresStartException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes one without a message.</summary>
    public PostgresStartException()
    {
    }
}
