using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.JsonSchema.Compiling;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema;

/// <summary>
/// A JSON Schema, compiled. A walk goes over a document's UTF-8 bytes once and checks the JSON (strict RFC 8259) and
/// the schema together. Immutable; for any number of threads.
/// </summary>
public sealed class CompiledSchema
{
    /// <summary>The nesting of arrays and objects that a walk allows unless told otherwise.</summary>
    public const int DepthMaxDefault = 64;

    /// <summary>The deepest nesting that may be asked for.</summary>
    public const int DepthMaxLimit = 1000;

    private readonly SchemaNode _root;

    internal CompiledSchema(SchemaNode root)
    {
        _root = root;
        Root = new SchemaView([root]);
    }

    /// <summary>Accepts every well-formed document; the JSON is checked as strictly as with any schema.</summary>
    public static CompiledSchema Any { get; } = new(SchemaNode.Anything);

    /// <summary>What the schema says, for those who ask beforehand: text formats, forms, documentation.</summary>
    public SchemaView Root { get; }

    /// <summary>
    /// Compiles a schema text of JSON Schema 2020-12. Every keyword that is not understood is an error, so that none is
    /// silently without effect; all errors are told together. Does not throw for any text.
    /// </summary>
    /// <param name="utf8Schema">The schema, UTF-8.</param>
    /// <param name="options">Null for <see cref="SchemaOptions.Default"/>.</param>
    public static SchemaCompilation Compile(ReadOnlySpan<byte> utf8Schema, SchemaOptions? options = null) =>
        SchemaCompiler.Compile(utf8Schema, options ?? SchemaOptions.Default);

    /// <summary>Checks a document. Does not throw for any bytes, and allocates nothing when the document is valid and
    /// the collector has seen one of its size before.</summary>
    /// <param name="utf8Json">The whole document, UTF-8.</param>
    /// <param name="faults">Takes what is found; it is cleared first.</param>
    /// <param name="depthMax">The nesting of arrays and objects allowed, 1 to <see cref="DepthMaxLimit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depthMax"/> is out of its range.</exception>
    public JsonVerdict Walk(ReadOnlySpan<byte> utf8Json, SchemaFaults faults, int depthMax = DepthMaxDefault)
    {
        Check(faults, depthMax);
        return faults.Walk(utf8Json, _root, depthMax);
    }

    /// <summary>Checks a document that is parsed already. What it was parsed from is judged again, strictly: a property
    /// that occurs twice is <see cref="JsonVerdict.Malformed"/> too.</summary>
    /// <inheritdoc cref="Walk(ReadOnlySpan{byte}, SchemaFaults, int)"/>
    /// <param name="json">The document.</param>
    /// <param name="faults">Takes what is found; it is cleared first.</param>
    /// <param name="depthMax">The nesting of arrays and objects allowed.</param>
    public JsonVerdict Walk(JsonElement json, SchemaFaults faults, int depthMax = DepthMaxDefault)
    {
        Check(faults, depthMax);
        return faults.Walk(JsonMarshal.GetRawUtf8Value(json), _root, depthMax);
    }

    /// <summary>Checks a document that can be changed, as it would be written; null is the JSON null.</summary>
    /// <inheritdoc cref="Walk(ReadOnlySpan{byte}, SchemaFaults, int)"/>
    /// <param name="json">The document.</param>
    /// <param name="faults">Takes what is found; it is cleared first.</param>
    /// <param name="depthMax">The nesting of arrays and objects allowed.</param>
    /// <exception cref="ArgumentException">A number in it is none of JSON, such as NaN.</exception>
    public JsonVerdict Walk(JsonNode? json, SchemaFaults faults, int depthMax = DepthMaxDefault)
    {
        Check(faults, depthMax);
        ValueCopy copy = faults.Copy;
        copy.Write(json);
        return faults.Walk(copy.Text, _root, depthMax);
    }

    /// <summary>
    /// Checks the value at a reader, or the next one when the reader is before a value, and leaves the reader at the
    /// value's last token. Comments that the reader allows count nothing. Malformations are told by their places in the
    /// value without white space.
    /// </summary>
    /// <inheritdoc cref="Walk(ReadOnlySpan{byte}, SchemaFaults, int)"/>
    /// <param name="reader">A reader that has the whole value.</param>
    /// <param name="faults">Takes what is found; it is cleared first.</param>
    /// <param name="depthMax">The nesting of arrays and objects allowed.</param>
    /// <exception cref="JsonException">The reader met what is not JSON, or the end.</exception>
    public JsonVerdict Walk(ref Utf8JsonReader reader, SchemaFaults faults, int depthMax = DepthMaxDefault)
    {
        Check(faults, depthMax);
        ValueCopy copy = faults.Copy;
        copy.Read(ref reader);
        return faults.Walk(copy.Text, _root, depthMax);
    }

    private static void Check(SchemaFaults faults, int depthMax)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfLessThan(depthMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depthMax, DepthMaxLimit);
    }
}
