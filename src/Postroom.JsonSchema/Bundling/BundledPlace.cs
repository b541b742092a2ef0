namespace Postroom.JsonSchema.Bundling;

/// <summary>A place of a document that has a name in a bundle.</summary>
/// <param name="Document">The text of the document: two may have the same URI.</param>
/// <param name="Name">The name.</param>
internal sealed record BundledPlace(ReadOnlyMemory<byte> Document, string Name);
