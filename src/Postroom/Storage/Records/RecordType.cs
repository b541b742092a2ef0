namespace Postroom.Storage.Records;

/// <summary>What a column of a resource holds. The numbers are stored: never change one.</summary>
public enum RecordType
{
    /// <summary>A text, compared by code point.</summary>
    Text = 0,

    /// <summary>A whole number of 64 bits; a greater one leaves the column empty.</summary>
    Integer = 1,

    /// <summary>A number as a double of IEEE 754.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Boolean = 3,

    /// <summary>A moment: an RFC 3339 date-time, kept as microseconds since 1970 in UTC, cut below that.</summary>
    Time = 4,

    /// <summary>A day: an RFC 3339 full-date, kept as days since 1970.</summary>
    Date = 5,
}
