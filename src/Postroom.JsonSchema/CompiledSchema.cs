using Postroom.JsonSchema.Compiling;
using Postroom.JsonSchema.Model;

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
    private readonly SchemaNode _target;

    internal CompiledSchema(SchemaNode root)
    {
        _root = root;
        _target = root.Target;
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
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfLessThan(depthMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depthMax, DepthMaxLimit);
        return faults.Walk(utf8Json, _target, depthMax);
    }
}
