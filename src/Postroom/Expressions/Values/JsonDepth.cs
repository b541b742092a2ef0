using System.Text.Json;

namespace Postroom.Expressions.Values;

/// <summary>How documents are gone over that were checked when they were accepted.</summary>
internal static class JsonDepth
{
    /// <summary>Deeper than any document is accepted.</summary>
    private const int DepthMax = 1_001;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = DepthMax };
}
