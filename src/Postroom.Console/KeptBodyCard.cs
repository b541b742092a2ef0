using System.Text;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>The body of a refused POST as it came, as text; nothing for entries that keep none.</summary>
internal sealed class KeptBodyCard(Entry entry, long times)
{
    private const int BytesMaximum = 64 * 1024;

    public void WriteTo(HtmlWriter html)
    {
        if (entry.BodyType is null)
        {
            return;
        }

        var cut = entry.Body.Length > BytesMaximum;
        var shown = Visible(Encoding.UTF8.GetString(entry.Body.Span[..Math.Min(entry.Body.Length, BytesMaximum)]));
        html.Write($"""
            <section class="card"><h2 class="plate">The body as it came</h2>
            <p class="soft"><bdi>{entry.BodyType}</bdi>, {Words.Size(entry.Body.Length)}{Times()} ·
            <a href="{ConsolePaths.Entry(entry.Id, "body")}">Save it byte for byte</a></p>
            <pre class="code" dir="ltr" tabindex="0"><code>{shown}{Html.When(cut, "…")}</code></pre></section>

            """);
    }

    private string Times() => times > 1 ? $", came {Words.Count(times)} times" : "";

    /// <summary>Control characters as their pictures (U+2400 and on): a page may not hold them.</summary>
    private static string Visible(string text) => string.Create(text.Length, text, static (shown, text) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            shown[index] = character switch
            {
                '\n' or '\t' => character,
                < ' ' => (char)(0x2400 + character),
                '\u007F' => '\u2421',
                >= '\u0080' and < '\u00A0' => '\uFFFD',
                _ => character,
            };
        }
    });
}
