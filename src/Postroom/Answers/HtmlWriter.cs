using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Postroom.Answers;

/// <summary>
/// Writes HTML as UTF-8: <c>html.Write($"&lt;p&gt;{name}&lt;/p&gt;")</c>. The literal parts go out as they are, and
/// every hole is encoded, so that no value can leave its text node or its quoted attribute. There is no way to write a
/// plain string unencoded: markup that is put together elsewhere comes as <see cref="Html"/>, and addresses as <see
/// cref="HtmlUrl"/>.
/// </summary>
internal sealed class HtmlWriter(IBufferWriter<byte> output)
{
    private const string Replacement = "\uFFFD";

    // What a parser would act on in text or in a quoted attribute, and what HTML forbids in its input stream
    // (HTML §13.2.3.5, control characters): CR is kept as a reference because the parser turns a bare one into LF.
    private static readonly SearchValues<char> s_special = SearchValues.Create(SpecialCharacters());

    /// <summary>
    /// Writes the template. Holes take text, numbers, ids, times, <see cref="Html"/> and <see cref="HtmlUrl"/>.
    /// </summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The template takes this writer from the call.")]
    public void Write([InterpolatedStringHandlerArgument("")] HtmlTemplate template) => template.Close();

    internal void WriteLiteral(ReadOnlySpan<char> literal) => Encoding.UTF8.GetBytes(literal, output);

    internal void WriteText(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var plain = text.IndexOfAny(s_special);
            if (plain < 0)
            {
                WriteLiteral(text);
                return;
            }

            WriteLiteral(text[..plain]);
            WriteLiteral(Encode(text[plain]));
            text = text[(plain + 1)..];
        }
    }

    internal void WriteNumber(long number)
    {
        var span = output.GetSpan(20);
        number.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static string Encode(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\r' => "&#13;",
        _ => Replacement,
    };

    private static string SpecialCharacters()
    {
        var characters = new StringBuilder("&<>\"'");
        for (var code = 0; code < 0xA0; code++)
        {
            if (code is < 0x20 or >= 0x7F && code is not ('\t' or '\n'))
            {
                characters.Append((char)code);
            }
        }

        return characters.ToString();
    }
}
