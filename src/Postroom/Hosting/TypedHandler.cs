using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Postroom.Plans;

namespace Postroom.Hosting;

internal sealed class TypedHandler<T>(JsonTypeInfo<T> type, Func<T, IPostUnit, CancellationToken, ValueTask> handler)
    : IPostHandler
{
    private const int BadRequest = 400;

    public ValueTask RunAsync(IPostUnit unit, CancellationToken cancel)
    {
        T document;
        try
        {
            document = JsonSerializer.Deserialize(unit.Document.Span, type)!;
        }
        catch (JsonException exception)
        {
            // A schema allows more than a type can hold: 1e300 is a number, but no int. That is no bug of the server's.
            var pointer = Pointer(exception.Path);
            var where = pointer is null ? "" : " of " + pointer;
            unit.Refuse($"The value{where} does not fit. Correct it and send again.", pointer, BadRequest);
            return default;
        }

        return handler(document, unit, cancel);
    }

    /// <summary>The JSON Pointer of a path such as <c>$.lines[2].count</c>; null where names are quoted.</summary>
    private static string? Pointer(string? path) => path is ['$', .. var rest] && !rest.Contains('\'')
        ? rest.Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal)
        : null;
}
