namespace Postroom.Plans;

/// <summary>A file that came with a POST: what is known of it, and its bytes.</summary>
public interface IPostFile
{
    /// <summary>The JSON Pointer of its name in the document, such as <c>/cv</c> or <c>/photos/1</c>.</summary>
    string Field { get; }

    /// <summary>
    /// What its sender called it, for people: without path parts and control characters, never empty. Anybody can send
    /// any name, so it is no name for a file of yours.
    /// </summary>
    string Name { get; }

    /// <summary>What its bytes were found to be, such as <c>application/pdf</c>; not what the sender said.</summary>
    string MediaType { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>The SHA-256 of its bytes: 64 hexadecimal digits in lower case.</summary>
    string Sha256 { get; }

    /// <summary>Opens it to be read from its start. The stream can seek; dispose it.</summary>
    /// <exception cref="FileNotFoundException">
    /// Its bytes are gone: the entry was deleted meanwhile, or the data folder was damaged (<c>postroom verify</c>).
    /// </exception>
    ValueTask<Stream> OpenAsync(CancellationToken cancel = default);
}
