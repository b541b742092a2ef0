using Microsoft.AspNetCore.Http;

namespace Postroom.Inbox;

/// <summary>The few fields of a form of the inbox, read within a small bound.</summary>
internal sealed class ConsoleForm
{
    private const int BytesMaximum = 4096;
    private const string MediaType = "application/x-www-form-urlencoded";

    private readonly Dictionary<string, string> _fields;

    private ConsoleForm(Dictionary<string, string> fields) => _fields = fields;

    /// <summary>The field's value, or null.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Reads the body; null when it is no urlencoded form or larger than any of ours.</summary>
    public static async Task<ConsoleForm?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > BytesMaximum
            || request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var buffer = new byte[BytesMaximum + 1];
        var read = await request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return read > BytesMaximum ? null : new ConsoleForm(Fields(buffer.AsSpan(0, read)));
    }

    private static Dictionary<string, string> Fields(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in System.Text.Encoding.UTF8.GetString(body).Split('&'))
        {
            var middle = pair.IndexOf('=', StringComparison.Ordinal);
            if (middle > 0)
            {
                fields.TryAdd(Decode(pair[..middle]), Decode(pair[(middle + 1)..]));
            }
        }

        return fields;
    }

    private static string Decode(string text) =>
        Uri.UnescapeDataString(text.Replace('+', ' '));
}
