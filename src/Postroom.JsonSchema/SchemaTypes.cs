namespace Postroom.JsonSchema;

/// <summary>JSON types as a set, in the meaning of the keyword <c>type</c>.</summary>
[Flags]
public enum SchemaTypes
{
    /// <summary>No type: no value fits.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary><c>true</c> and <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>Numbers without a fraction; 1.0 and 1e0 count.</summary>
    Integer = 4,

    /// <summary>All numbers. A set that has it has <see cref="Integer"/> too.</summary>
    Number = 8 | Integer,

    /// <summary>Strings.</summary>
    String = 16,

    /// <summary>Arrays.</summary>
    Array = 32,

    /// <summary>Objects.</summary>
    Object = 64,

    /// <summary>Every type.</summary>
    Any = Null | Boolean | Number | String | Array | Object,
}
