namespace Postroom.JsonSchema.Dialects;

/// <summary>Where a keyword's value holds schemas.</summary>
internal enum Below
{
    Nothing,

    /// <summary>The value is a schema.</summary>
    Schema,

    /// <summary>An array of schemas.</summary>
    List,

    /// <summary>An object whose members are schemas.</summary>
    Map,

    /// <summary><c>items</c> before 2020-12: a schema or an array of them.</summary>
    SchemaOrList,

    /// <summary><c>dependencies</c>: members are schemas or lists of names.</summary>
    MapWithLists,
}
