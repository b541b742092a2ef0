using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Gathers what is wrong with a schema, so that all is told together.</summary>
internal sealed class ErrorList
{
    private readonly List<(SourceNode At, string Message, string? MissingDocument)> _errors = [];
    private readonly HashSet<(SourceNode At, string Message)> _known = [];

    public int Count => _errors.Count;

    /// <summary>Tells an error once, however often its place is compiled.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="missingDocument">The URI of a document that no source has.</param>
    public void Add(SourceNode at, string message, string? missingDocument = null)
    {
        if (_known.Add((at, message)))
        {
            _errors.Add((at, message, missingDocument));
        }
    }

    /// <summary>In the order of the text; those of other documents follow.</summary>
    public IReadOnlyList<SchemaError> Describe(int errorsMax) =>
    [
        .. _errors.OrderBy(error => !error.At.Document.IsMain)
            .ThenBy(error => error.At.Document.Uri, StringComparer.Ordinal)
            .ThenBy(error => error.At.KeyStart)
            .Take(Math.Max(1, errorsMax))
            .Select(error => Describe(error.At, error.Message, error.MissingDocument)),
    ];

    private static SchemaError Describe(SourceNode at, string message, string? missingDocument)
    {
        TextPosition position = at.Document.PositionOf(at);
        return new SchemaError(at.Pointer, position.Line, position.Column, message)
        {
            Document = at.Document.IsMain ? "" : at.Document.Uri,
            MissingDocument = missingDocument,
        };
    }
}
