namespace Postroom.Expressions.Values;

/// <summary>What an <see cref="ExpressionValue"/> holds.</summary>
internal enum ExpressionValueKind : byte
{
    /// <summary>No value: an <see cref="ExpressionError"/>.</summary>
    Error,

    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number of 64 bits.</summary>
    Int,

    /// <summary>A double, with its text where it was written in the expression.</summary>
    Double,

    /// <summary>A number of a document, as its text.</summary>
    Decimal,

    /// <summary>Text, as UTF-8 without escapes.</summary>
    String,

    /// <summary>Seconds and nanoseconds since 1970-01-01T00:00:00Z.</summary>
    Timestamp,

    /// <summary>Nanoseconds.</summary>
    Duration,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A JSON array of a document, as its text.</summary>
    JsonArray,

    /// <summary>A JSON object of a document, as its text.</summary>
    JsonObject,
}
