using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>A unique rule of a resource.</summary>
/// <param name="Index">How the store knows it.</param>
/// <param name="Pointers">The JSON Pointers of its fields, in the order of the index.</param>
internal sealed record UniqueIndex(RecordIndex Index, IReadOnlyList<string> Pointers);
