namespace Postroom.Expressions.Sql;

/// <summary>What a column holds of a field. Null wherever reading the field is an error or gives null.</summary>
internal enum SqlColumnKind
{
    /// <summary>The text as it is, compared by code point.</summary>
    Text,

    /// <summary>The whole number as it is.</summary>
    Integer,

    /// <summary>The double nearest to the number, so that two numbers may share one.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A moment in whole units since 1970, with what is below the unit cut off.</summary>
    Time,

    /// <summary>A moment in whole units since 1970 that never has more below the unit.</summary>
    ExactTime,
}
