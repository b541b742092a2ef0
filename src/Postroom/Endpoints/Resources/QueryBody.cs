using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Postroom.Faults;

namespace Postroom.Endpoints.Resources;

/// <summary>A query in a body: the parameters of the address as JSON or as a form.</summary>
internal sealed class QueryBody(TimeProvider time)
{
    private const int BytesMax = 65_536;
    private const int DepthMax = 4;
    private static readonly TimeSpan s_timeMax = TimeSpan.FromSeconds(10);

    public async Task<(Fault? Fault, ReadQuery Query)> ReadAsync(HttpContext http)
    {
        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/json" or "application/x-www-form-urlencoded"))
        {
            return (new Fault(FaultCatalogue.MediaTypeUnsupported,
                "A query comes as application/json or application/x-www-form-urlencoded. Set `Content-Type`."), None);
        }

        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            return (new Fault(FaultCatalogue.CodingUnsupported, "A query comes without `Content-Encoding`."), None);
        }

        var (fault, body) = await ReadBytesAsync(http);
        if (fault is not null)
        {
            return (fault, None);
        }

        return type == "application/json" ? Json(body) : (null, Form(body));
    }

    private async Task<(Fault?, byte[])> ReadBytesAsync(HttpContext http)
    {
        using var late = new CancellationTokenSource(s_timeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync(either.Token);
                if (read.Buffer.Length > BytesMax)
                {
                    return (new Fault(FaultCatalogue.BodyTooLarge, $"A query has at most {BytesMax} bytes.")
                    {
                        Limit = new LimitFault("query.bytes", BytesMax),
                        ClosesConnection = true,
                    }, []);
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (null, body);
                }

                http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return (new Fault(FaultCatalogue.BodyTooSlow, "The query took more than 10 seconds to come.")
            {
                Limit = new LimitFault("query.time", (long)s_timeMax.TotalSeconds),
                ClosesConnection = true,
            }, []);
        }
    }

    private static (Fault?, ReadQuery) Json(byte[] body)
    {
        var parameters = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Invalid("A query is an object, such as {\"filter\": \"age >= 18\"}.");
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (Text(member.Value) is not { } text)
                {
                    return Invalid("A parameter of a query is a text, a number or a list of texts.");
                }

                parameters[member.Name] = StringValues.Concat(parameters.GetValueOrDefault(member.Name), text);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (new Fault(FaultCatalogue.MalformedJson, "The query is no JSON that can be read."), None);
        }

        return (null, new ReadQuery(new QueryCollection(parameters)));
    }

    /// <summary>Null for what no parameter is. A list is the same as its texts with commas between.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join(',', value.EnumerateArray().Select(item => item.GetString())),
        _ => null,
    };

    /// <summary>An empty box of a form asks for nothing.</summary>
    private static ReadQuery Form(byte[] body) => new(new QueryCollection(
        QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).Where(pair => pair.Value != "").ToDictionary()));

    private static ReadQuery None => new(QueryCollection.Empty);

    private static (Fault?, ReadQuery) Invalid(string message) =>
        (new Fault(FaultCatalogue.QueryInvalid, message), None);
}
