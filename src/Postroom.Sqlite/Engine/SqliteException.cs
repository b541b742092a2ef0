namespace Postroom.Sqlite.Engine;

/// <summary>What SQLite answered when it did not answer OK.</summary>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The primary result code: the low byte.</summary>
    public int PrimaryCode => Code & 0xFF;

    /// <summary>What the engine said, without the number.</summary>
    public string EngineMessage { get; } = message;
}
