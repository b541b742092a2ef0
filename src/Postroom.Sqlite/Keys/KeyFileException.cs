namespace Postroom.Sqlite.Keys;

/// <summary>A key file is missing or damaged. It is derived data: it is made again from the entries.</summary>
internal sealed class KeyFileException : Exception
{
    public KeyFileException(string message)
        : base(message)
    {
    }

    public KeyFileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
