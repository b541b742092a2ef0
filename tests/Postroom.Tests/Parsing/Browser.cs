using System.Text;

namespace Postroom.Tests.Parsing;

/// <summary>Encodes a form's entries as the HTML Standard and the URL Standard tell browsers to.</summary>
internal static class Browser
{
    public static byte[] Urlencoded(IEnumerable<(string Name, string Value)> pairs)
    {
        StringBuilder body = new();
        foreach ((string name, string value) in pairs)
        {
            body.Append(body.Length > 0 ? "&" : "").Append(Escape(name)).Append('=').Append(Escape(value));
        }

        return Encoding.ASCII.GetBytes(body.ToString());
    }

    public static byte[] Multipart(IEnumerable<(string Name, string Value)> pairs, string boundary)
    {
        StringBuilder body = new();
        foreach ((string name, string value) in pairs)
        {
            string escaped = Lines(name).Replace("\n", "%0A", StringComparison.Ordinal)
                .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
            body.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"{escaped}\"\r\n\r\n")
                .Append($"{Lines(value)}\r\n");
        }

        return Encoding.UTF8.GetBytes(body.Append($"--{boundary}--\r\n").ToString());
    }

    /// <summary>Browsers send every line break of a text as CRLF.</summary>
    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (byte code in Encoding.UTF8.GetBytes(Lines(text)))
        {
            _ = code switch
            {
                (byte)' ' => escaped.Append('+'),
                (byte)'*' or (byte)'-' or (byte)'.' or (byte)'_' => escaped.Append((char)code),
                _ when char.IsAsciiLetterOrDigit((char)code) => escaped.Append((char)code),
                _ => escaped.Append('%').Append(code.ToString("X2", null)),
            };
        }

        return escaped.ToString();
    }
}
