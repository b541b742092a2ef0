namespace Postroom.Storage.Records;

/// <summary>What happened to a record. The numbers are stored: never change one.</summary>
public enum RecordChangeKind
{
    /// <summary>It was made.</summary>
    Created = 0,

    /// <summary>It was replaced.</summary>
    Updated = 1,

    /// <summary>It was removed.</summary>
    Deleted = 2,
}
