namespace Postroom.Declarations.Yaml;

/// <summary>A list.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">Its items, in order.</param>
internal sealed record SourceSequence(SourcePlace Place, IReadOnlyList<SourceNode> Items) : SourceNode(Place);
