using System.Text;
using Postroom.Inbox;

namespace Postroom.Tests.Inbox;

public sealed class DocumentSummaryTests
{
    [Theory]
    [InlineData("""{"subject":"Hi","email":"a@b.c","name":"Ada"}""", "Ada", "Hi · a@b.c")]
    [InlineData("""{"subject":"Hi","email":"a@b.c"}""", "a@b.c", "Hi")]
    [InlineData("""{"room":"Blue","guests":[{"name":"Ada"},{"n":2}]}""", "Ada", "Blue · 2")]
    [InlineData("""{"a":1,"b":null,"c":"  ","d":true}""", "1", "true")]
    [InlineData("""{"a":"  two \n\n lines\t"}""", "two lines", "")]
    [InlineData("""[1,2,3,4,5,6,7,8]""", "1", "2 · 3 · 4 · 5 · 6")]
    [InlineData("{}", "(empty)", "")]
    [InlineData("nonsense", "(not JSON)", "")]
    public void A_document_is_told_by_who_it_is_about(string document, string lead, string gist) =>
        Assert.Equal(new DocumentSummary(lead, gist), DocumentSummary.Of(Encoding.UTF8.GetBytes(document)));

    [Fact]
    public void A_long_value_is_cut_and_no_pair_is_split()
    {
        var text = new string('x', 59) + "😀😀";
        var document = $$"""{"a":"{{text}}","b":"{{new string('y', 9999)}}"}""";
        var summary = DocumentSummary.Of(Encoding.UTF8.GetBytes(document));
        Assert.Equal(new string('x', 59) + "…", summary.Lead);
        Assert.Equal(161, summary.Gist.Length);
    }
}
