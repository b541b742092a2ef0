using System.Globalization;

namespace Postroom.Sqlite;

/// <summary>Another process has this data folder.</summary>
public sealed class DataFolderInUseException : StoreStartException
{
    /// <summary>Names the folder and the process that has it.</summary>
    public DataFolderInUseException(string folder, int? processId)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The data folder {folder} is in use by another Postroom{(processId is { } id ? $" (process {id})" : "")}. "
            + $"Stop it, or give this one a folder of its own."))
    {
        Folder = folder;
        ProcessId = processId;
    }

    /// <summary>Makes one without details.</summary>
    public DataFolderInUseException()
    {
    }

    /// <summary>Makes one with a message.</summary>
    public DataFolderInUseException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message and a cause.</summary>
    public DataFolderInUseException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The folder.</summary>
    public string? Folder { get; }

    /// <summary>The process that has it; null when it left no number.</summary>
    public int? ProcessId { get; }
}
