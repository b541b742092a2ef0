namespace Postroom.Tests.Answers;

/// <summary>What holds for every page, whatever stands in it.</summary>
internal static class PageRules
{
    public const string Canary =
        "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u0000\u001b]\u202e{{7*7}}\r\n";

    private static readonly string[] s_addresses = ["href", "src", "action", "formaction"];
    private static readonly string[] s_labelled = ["input", "select", "textarea"];

    public static Markup Check(ReadOnlySpan<byte> utf8)
    {
        var page = Markup.Read(utf8);
        Assert.False(string.IsNullOrEmpty(page.One("html")["lang"]));
        Assert.NotEmpty(page.One("title").Text);
        Assert.Equal("width=device-width, initial-scale=1", page.ByName("viewport")["content"]);
        Assert.Single(page.All("h1"));
        Assert.DoesNotContain(
            page.Elements, element => element.Name is "script" or "style" or "iframe" or "base" or "img");
        CheckAttributes(page);
        CheckReferences(page);
        return page;
    }

    private static void CheckAttributes(Markup page)
    {
        foreach (var element in page.Elements)
        {
            Assert.DoesNotContain(element.Attributes.Keys, name => name.StartsWith("on", StringComparison.Ordinal));
            Assert.False(element.Has("style"), $"{element.Name} has a style attribute");
            foreach (var name in s_addresses.Where(element.Has))
            {
                Assert.Matches("^(https?://|/|#|\\?)", element[name]);
            }
        }
    }

    private static void CheckReferences(Markup page)
    {
        var ids = page.Elements.Where(element => element.Has("id")).Select(element => element["id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.DoesNotContain(ids, id => id.Any(char.IsWhiteSpace));
        foreach (var label in page.All("label"))
        {
            Assert.Contains(label["for"], ids);
        }

        foreach (var id in page.Elements.SelectMany(element => (element["aria-describedby"] ?? "").Split(
            ' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            Assert.Contains(id, ids);
        }

        foreach (var link in page.All("a").Where(link => link["href"]!.StartsWith('#')))
        {
            Assert.Contains(Uri.UnescapeDataString(link["href"]![1..]), ids);
        }

        foreach (var box in page.Elements.Where(box => s_labelled.Contains(box.Name) && box["type"] != "hidden"))
        {
            Assert.Contains(page.All("label"), label => label["for"] == box["id"]);
        }
    }
}
