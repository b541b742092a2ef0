namespace Postroom.Storage;

/// <summary>
/// A file that came with an entry: what is known of it. Its bytes are in an <see cref="IFileStore"/>.
/// </summary>
/// <param name="Id">
/// Its id, made like an entry's and from the same source, so that no entry has it. Stored under this name alone.
/// </param>
/// <param name="Field">The JSON Pointer of its name in the document, such as <c>/cv</c> or <c>/photos/1</c>.</param>
/// <param name="Name">
/// The client's name for it, for people: without path parts and control characters, never empty, never used as a path.
/// </param>
/// <param name="Size">Bytes.</param>
/// <param name="MediaType">What its bytes were found to be, such as <c>application/pdf</c>.</param>
/// <param name="Digest">The SHA-256 of its bytes: 64 hexadecimal digits in lower case.</param>
public sealed record EntryFile(EntryId Id, string Field, string Name, long Size, string MediaType, string Digest);
