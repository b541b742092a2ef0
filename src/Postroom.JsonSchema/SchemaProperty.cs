namespace Postroom.JsonSchema;

/// <summary>A named property of an object schema.</summary>
/// <param name="Name">The property's name, unescaped.</param>
/// <param name="Schema">What the schema says of its value.</param>
/// <param name="Required">Whether the object must have it.</param>
public sealed record SchemaProperty(string Name, SchemaView Schema, bool Required);
