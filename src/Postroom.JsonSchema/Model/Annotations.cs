namespace Postroom.JsonSchema.Model;

/// <summary>What a schema says for people and tools, without a say in what is accepted.</summary>
internal sealed record Annotations
{
    public static Annotations None { get; } = new();

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Format { get; init; }

    public string? ContentMediaType { get; init; }

    public string? ContentEncoding { get; init; }

    /// <summary>For what the string holds once it is decoded.</summary>
    public SchemaNode? ContentSchema { get; init; }

    /// <summary>Raw JSON text.</summary>
    public ReadOnlyMemory<byte> Default { get; init; }

    /// <summary>Raw JSON text of the array.</summary>
    public ReadOnlyMemory<byte> Examples { get; init; }

    public bool Deprecated { get; init; }

    public bool ReadOnly { get; init; }

    public bool WriteOnly { get; init; }

    /// <summary>What <c>x-message</c> says instead of the language's sentences: by code or keyword, "" for every fault
    /// of the schema; null when there is none.</summary>
    public Dictionary<string, string>? Messages { get; init; }

    /// <summary>The <c>x-…</c> keywords with their raw JSON text; null when there are none.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>>? Extensions { get; init; }
}
