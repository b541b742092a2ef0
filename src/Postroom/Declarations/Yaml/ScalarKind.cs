namespace Postroom.Declarations.Yaml;

/// <summary>The JSON types of scalars.</summary>
internal enum ScalarKind
{
    /// <summary>Quoted, or plain and nothing else.</summary>
    String,

    /// <summary>An integer or a number with a fraction or exponent.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>, <c>~</c> or nothing.</summary>
    Null,
}
