namespace Postroom.Expressions;

/// <summary>The kinds of types, with the names of CEL.</summary>
internal enum ExpressionTypeKind
{
    /// <summary>Known only when it is evaluated.</summary>
    Dyn,

    /// <summary>Null alone.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Whole numbers of 64 bits; a document's greater one is none.</summary>
    Int,

    /// <summary>Numbers. Arithmetic is that of IEEE 754; a document's number is compared as it is written.</summary>
    Double,

    /// <summary>Text, compared by code point.</summary>
    String,

    /// <summary>A moment, to the nanosecond.</summary>
    Timestamp,

    /// <summary>A length of time, to the nanosecond, at most 292 years.</summary>
    Duration,

    /// <summary>A list.</summary>
    List,

    /// <summary>A JSON object.</summary>
    Map,
}
