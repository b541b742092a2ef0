using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>A file that has come with a POST and counts only once the POST's entry is committed.</summary>
internal sealed class StagedFile(EntryId id, string name, FileWriter writer)
{
    public EntryId Id { get; } = id;

    /// <summary>The client's name for it, cleaned for display.</summary>
    public string Name { get; } = name;

    public FileWriter Writer { get; } = writer;

    /// <summary>What its bytes were found to be; known at its end.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>The JSON Pointer of its name in the document; known once there is one.</summary>
    public string Field { get; set; } = "";

    public EntryFile ToEntryFile() => new(Id, Field, Name, Writer.Size, MediaType, Writer.Digest!);
}
