using System.Text.Json;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>Every kind of refusal makes a document and a page, whatever its words.</summary>
public sealed class FaultShapeTests
{
    public static TheoryData<string> Kinds { get; } = [.. FaultCatalogue.All.Select(kind => kind.Code)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_makes_a_document_that_parses_whatever_its_message(string code)
    {
        var kind = FaultCatalogue.All.Single(kind => kind.Code == code);
        const string message = "Quotes \" and \\ and \u0001 and \u202e and </script> and 😀.";
        var fault = new Fault(kind, message)
        {
            Errors = [new FieldFault("/a~1b/\"", "x", message)],
            Limit = new LimitFault("limits.body", long.MaxValue),
            RetryAfter = TimeSpan.FromMilliseconds(1500),
        };
        using var json = JsonDocument.Parse(ProblemAnswer.Render(fault).Body);
        var root = json.RootElement;
        Assert.Equal(message, root.GetProperty("message").GetString());
        Assert.Equal(message, root.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal("/a~1b/\"", root.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(long.MaxValue, root.GetProperty("limit").GetProperty("value").GetInt64());
        Assert.Equal(2, root.GetProperty("retry").GetProperty("seconds").GetInt64());
        Assert.Equal(kind.Type, root.GetProperty("type").GetString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_type_leads_to_a_page_that_explains_it(string code)
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, "/_postroom/errors/" + code);
        Assert.Equal(200, (int)page.StatusCode);
        var kind = FaultCatalogue.All.Single(kind => kind.Code == code);
        Assert.Contains(kind.Explanation, await WordsAsync(page));
    }

    /// <summary>The words of a page, with code written as in messages.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage page)
    {
        var html = await page.Content.ReadAsStringAsync();
        return System.Net.WebUtility.HtmlDecode(html
            .Replace("<code>", "`", StringComparison.Ordinal).Replace("</code>", "`", StringComparison.Ordinal));
    }
}
