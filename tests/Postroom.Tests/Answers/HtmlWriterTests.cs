using System.Buffers;
using System.Text;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Tests.Answers;

public sealed class HtmlWriterTests
{
    private const string Nasty = "<>&\"'`=/ \t\n\r\0\u0001\u001b\u007f\u0085\u00a0é€\u2028\u202e\uFFFD\uFFFEabc;#x!-[]";

    [Fact]
    public void Literals_go_out_as_they_are_and_holes_are_encoded() =>
        Assert.Equal("<p title=\"&lt;b&gt;\">é &amp;amp; &quot;&#39;</p>", Render(html =>
        {
            var title = "<b>";
            var text = "é &amp; \"'";
            html.Write($"<p title=\"{title}\">{text}</p>");
        }));

    [Fact]
    public void A_constant_in_a_hole_is_encoded_as_well() => Assert.Equal("a&lt;b", Render(html =>
    {
        const string Constant = "<";
        html.Write($"a{Constant}b");
    }));

    [Theory]
    [InlineData("\0", "\uFFFD")]
    [InlineData("\u001b[31m", "\uFFFD[31m")]
    [InlineData("\u0085", "\uFFFD")]
    [InlineData("\r\n", "&#13;\n")]
    [InlineData("\t", "\t")]
    [InlineData("😀", "😀")]
    public void Characters_that_a_page_may_not_hold_are_shown_as_replaced(string text, string expected) =>
        Assert.Equal(expected, Render(html => html.Write($"{text}")));

    [Fact]
    public void Half_a_pair_is_shown_as_replaced() =>
        Assert.Equal("\uFFFDx\uFFFD", Render(html => html.Write($"{"\ud800x\udc00"}")));

    [Fact]
    public void No_text_leaves_its_text_node_or_its_attribute()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 20_000; round++)
        {
            var text = RandomText(random);
            var page = Markup.Read(Render(
                html => html.Write($"<a title=\"{text}\"></a><b lang='{text}'></b><i>{text}</i>")));

            var shown = Shown(text);
            Assert.Equal(["a", "b", "i"], page.Elements.Select(element => element.Name));
            Assert.Equal([shown, shown], page.Elements.SelectMany(element => element.Attributes.Values));
            Assert.Equal(shown, page.One("i").Text);
        }
    }

    [Fact]
    public void Long_text_with_pairs_at_every_place_keeps_them()
    {
        for (var before = 0; before < 70; before++)
        {
            var text = new string('x', before) + string.Concat(Enumerable.Repeat("😀&", 3000));
            Assert.Equal(text, Markup.Read(Render(html => html.Write($"<i>{text}</i>"))).One("i").Text);
        }
    }

    [Fact]
    public void Numbers_ids_and_times_are_written_the_same_everywhere()
    {
        var id = EntryId.FromRow(1_700_000_000_000L << 12, 5);
        var time = new DateTimeOffset(2026, 11, 22, 10, 1, 38, 999, TimeSpan.FromHours(2));
        Assert.Equal(
            $"-1234567 9223372036854775807 {id} 2026-11-22T08:01:38Z",
            Render(html => html.Write($"{-1_234_567} {long.MaxValue} {id} {time}")));
    }

    [Fact]
    public void A_fragment_passes_as_it_is_and_its_own_holes_are_encoded()
    {
        var name = "<x>";
        var fragment = Html.From(html => html.Write($"<b>{name}</b>"));
        var shown = Html.When(true, " required");
        var left = Html.When(false, " no");
        Assert.Equal(
            "<p required><b>&lt;x&gt;</b></p>", Render(html => html.Write($"<p{shown}{left}>{fragment}{Html.Empty}</p>")));
    }

    [Fact]
    public void A_value_without_quotes_is_a_fault_of_the_page_whatever_the_value()
    {
        var value = "harmless";
        Assert.Throws<InvalidOperationException>(() => Render(html => html.Write($"<p class={value}>")));
        Assert.Throws<InvalidOperationException>(() => Render(html => html.Write($"<p class={7}>")));
        Assert.Throws<InvalidOperationException>(() => Render(html => html.Write($"<p class=")));
    }

    [Theory]
    [InlineData("href")]
    [InlineData("SRC")]
    [InlineData("action")]
    [InlineData("formaction")]
    [InlineData("style")]
    [InlineData("onclick")]
    public void A_plain_text_as_an_address_or_a_script_is_a_fault_of_the_page(string attribute)
    {
        var text = "harmless";
        Assert.Throws<InvalidOperationException>(() => Render(html =>
        {
            switch (attribute)
            {
                case "href":
                    html.Write($"<a href=\"{text}\">");
                    break;
                case "SRC":
                    html.Write($"<a SRC='{text}'>");
                    break;
                case "action":
                    html.Write($"<a class=\"x\" action=\"{text}\">");
                    break;
                case "formaction":
                    html.Write($"<a\nformaction=\"{text}\">");
                    break;
                case "style":
                    html.Write($"<a style=\"{text}\">");
                    break;
                default:
                    html.Write($"<a onclick=\"{text}\">");
                    break;
            }
        }));
    }

    internal static string Render(Action<HtmlWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new HtmlWriter(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(12); length > 0; length--)
        {
            text.Append(random.Next(8) == 0 ? (char)random.Next(0x10000) : Nasty[random.Next(Nasty.Length)]);
        }

        return text.ToString();
    }

    private static string Shown(string text)
    {
        var utf8 = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return string.Concat(utf8.Select(character =>
            char.IsControl(character) && character is not ('\t' or '\n' or '\r') ? '\uFFFD' : character));
    }
}
