using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Reads one keyword into the node of its schema.</summary>
/// <param name="compiler">Takes errors, gives the nodes of schemas below.</param>
/// <param name="node">The schema that has the keyword.</param>
/// <param name="value">The keyword's value; its key is the keyword.</param>
internal delegate void KeywordReader(SchemaCompiler compiler, SchemaNode node, SourceNode value);
