using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Turns the bodies of one format into documents. Add it with <c>AddPostroom().AddBodyFormat&lt;T&gt;()</c> and name it
/// in the <c>formats</c> of an endpoint. One object serves all requests, from many threads.
/// </summary>
public interface IBodyFormat
{
    /// <summary>Its name in <c>formats</c>: lower-case letters, digits and dashes.</summary>
    string Name { get; }

    /// <summary>
    /// The media types that mean it, in lower case and without parameters: whole, such as <c>application/cbor</c>, or
    /// a suffix such as <c>+cbor</c>.
    /// </summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>The values of <c>charset</c> that it reads, in lower case; <c>utf-8</c> unless told.</summary>
    IReadOnlyList<string> Charsets => ["utf-8"];

    /// <summary>
    /// False for text formats, whose values are all strings: then the schema says which of them are numbers, which
    /// single values are lists, and which groups are lists of one.
    /// </summary>
    bool HasTypes { get; }

    /// <summary>
    /// Reads one body into the document. What a sender can send wrong is a refusal of the kind
    /// <see cref="FaultCatalogue.MalformedBody"/> with a message that says where; an exception is a bug: it answers
    /// 500.
    /// </summary>
    /// <param name="body">The whole body, within <c>limits.body</c>; not empty.</param>
    /// <param name="context">What the endpoint wants.</param>
    /// <param name="document">Takes the document, within the limits: stop when it <see cref="DocumentWriter.Failed"/>.
    /// </param>
    /// <returns>The refusal, or null.</returns>
    Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document);
}
