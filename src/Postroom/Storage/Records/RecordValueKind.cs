namespace Postroom.Storage.Records;

/// <summary>How a <see cref="RecordValue"/> is held.</summary>
public enum RecordValueKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A text.</summary>
    Text = 1,

    /// <summary>A whole number of 64 bits.</summary>
    Integer = 2,

    /// <summary>A double.</summary>
    Number = 3,
}
