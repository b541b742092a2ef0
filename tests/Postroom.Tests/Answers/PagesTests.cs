using System.Buffers;
using System.Text;
using System.Text.Json;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Tests.Answers;

public sealed class PagesTests
{
    private static readonly EntryId s_id = EntryId.FromRow(1_700_000_000_000L << 12, 5);

    [Fact]
    public void A_receipt_thanks_and_shows_what_was_received_with_its_reference_and_time()
    {
        var page = Check(new ReceiptPage
        {
            Message = "Thank you, Ada!",
            Entry = s_id,
            ReceivedAt = 1_700_000_000_000,
            Document = """
                {"firstName":"Ada","tags":["a","b"],"address":{"city":"Paris"},"news":true,"note":null,"age":18.50}
                """u8.ToArray(),
            Back = HtmlUrl.Of("/"),
        }.WriteTo);

        Assert.Equal("Thank you, Ada!", page.One("h1").Text);
        Assert.Contains(page.All("code"), code => code.Text == s_id.ToString());
        Assert.Equal("2023-11-14T22:13:20Z", page.One("time")["datetime"]);
        Assert.Equal(
            ["First name", "Tags", "Address", "City", "News", "Note", "Age"], page.All("dt").Select(term => term.Text));
        Assert.Equal(["a", "b"], page.All("li").Select(item => item.Text));
        Assert.Contains(page.All("dd"), value => value.Text == "Yes");
        Assert.Contains(page.All("dd"), value => value.Text == "18.50");
    }

    [Fact]
    public void A_long_message_stands_below_its_heading()
    {
        var words = string.Concat(Enumerable.Repeat("Thank you so much. ", 10)).Trim();
        var page = Check(new ReceiptPage { Message = words, Entry = s_id, ReceivedAt = 0 }.WriteTo);
        Assert.Equal("Thank you", page.One("h1").Text);
        Assert.Contains(page.All("p"), line => line.Text == words);
    }

    [Fact]
    public void A_receipt_without_a_document_shows_none()
    {
        var page = Check(new ReceiptPage { Message = "Thanks.", Entry = s_id, ReceivedAt = 0 }.WriteTo);
        Assert.Empty(page.All("dl"));
    }

    [Fact]
    public void What_a_page_shows_of_a_large_document_is_bounded_and_says_so()
    {
        var large = "{" + string.Join(',', Enumerable.Range(0, 3000).Select(number => $"\"f{number}\":{number}")) + "}";
        var page = Check(Receipt(large));
        Assert.InRange(page.All("dt").Count(), 500, 502);
        Assert.Contains(page.All("p"), line => line.Text.Contains("There is more", StringComparison.Ordinal));

        var text = Check(Receipt($$"""{"a":"{{new string('x', 30_000)}}"}"""));
        Assert.Contains("of 30000 characters", text.One("dd").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("not json")]
    public void Whatever_was_accepted_can_be_shown(string document) => Check(Receipt(document));

    [Fact]
    public void The_deepest_document_can_be_shown()
    {
        var start = string.Concat(Enumerable.Repeat("{\"a\":[", 32));
        Check(Receipt(start + "1" + string.Concat(Enumerable.Repeat("]}", 32))));
    }

    [Fact]
    public void A_refusal_names_its_faults_what_to_do_next_and_its_code()
    {
        var fault = new Fault(FaultCatalogue.ValidationFailed, "Two fields need attention.")
        {
            Errors =
            [
                new("/address/street", "required", "is required"), new("/tags/1", "too-long", "has 9 characters"),
            ],
            Limit = new("limits.body", 1_000_000),
        };
        var page = Check(new ErrorPage { Fault = fault, Reference = "r-1", Back = HtmlUrl.Of("/form") }.WriteTo);

        Assert.Equal(fault.Kind.Title, page.One("h1").Text);
        Assert.Contains(page.All("p"), line => line.Text == fault.Message);
        Assert.Contains(page.All("dt"), term => term.Text == "Address, street");
        Assert.Contains(page.All("dt"), term => term.Text == "Tags, number 2");
        Assert.Contains(page.All("dd"), value => value.Text == "Is required.");
        Assert.Contains(page.All("dd"), value => value.Text == "limits.body is 1000000");
        Assert.Contains(page.All("a"), link => link["href"] == "/_postroom/errors/validation-failed");
        Assert.Contains(page.All("a"), link => link["href"] == "/form");
        Assert.Contains(page.All("p"), line => line.Text.StartsWith("Correct what is named", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "Wait a second,")]
    [InlineData(30.2, "Wait 31 seconds,")]
    [InlineData(300, "Wait 5 minutes,")]
    [InlineData(10_000, "Wait 3 hours,")]
    public void A_refusal_says_how_long_to_wait(double seconds, string words) => Assert.StartsWith(
        words, ErrorPage.Advice(RetryAdvice.SameRequest, TimeSpan.FromSeconds(seconds)), StringComparison.Ordinal);

    [Fact]
    public void Every_kind_of_refusal_has_a_page_and_the_index_leads_to_all()
    {
        var index = Check(new ErrorIndexPage(FaultCatalogue.All).WriteTo);
        var links = index.All("a").Select(link => link["href"]).ToList();
        foreach (var kind in FaultCatalogue.All)
        {
            Assert.Contains(kind.Type, links);
            var page = Check(new ErrorKindPage(kind).WriteTo);
            Assert.Equal(kind.Title, page.One("h1").Text);
            Assert.DoesNotContain('`', page.One("main").Text);
            Check(new ErrorPage { Fault = new Fault(kind, kind.Explanation) }.WriteTo);
        }
    }

    [Fact]
    public void Nothing_that_was_sent_becomes_markup()
    {
        var canary = JsonSerializer.Serialize(PageRules.Canary);
        Check(Receipt($$"""{{{canary}}:{{canary}},"b":[{{canary}},{{{canary}}:1}]}"""));
        Check(new ReceiptPage
        {
            Title = PageRules.Canary,
            Message = PageRules.Canary,
            Entry = s_id,
            ReceivedAt = 0,
            Language = PageRules.Canary,
        }.WriteTo);
        Check(new ErrorPage
        {
            Fault = new Fault(FaultCatalogue.Rejected, PageRules.Canary)
            {
                Errors = [new("/" + PageRules.Canary, PageRules.Canary, PageRules.Canary)],
                Limit = new(PageRules.Canary, 1),
            },
            Reference = PageRules.Canary,
        }.WriteTo);
    }

    private static Action<HtmlWriter> Receipt(string document) => new ReceiptPage
    {
        Message = "Thanks.",
        Entry = s_id,
        ReceivedAt = 0,
        Document = Encoding.UTF8.GetBytes(document),
    }.WriteTo;

    private static Markup Check(Action<HtmlWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new HtmlWriter(output));
        return PageRules.Check(output.WrittenSpan);
    }
}
