using Postroom.Answers;

namespace Postroom.Tests.Answers;

/// <summary>Which form of an answer a caller gets (RFC 9110 §12.5.1); never a 406.</summary>
public sealed class AcceptTests
{
    [Theory]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("*")]
    [InlineData("application/json")]
    [InlineData("APPLICATION/Problem+JSON")]
    [InlineData("application/*")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("application/xml, application/json")]
    [InlineData("text/html;q=0.5, application/json")]
    [InlineData("text/html;q=0.5, */*")]
    [InlineData("application/*, text/html;q=0.9")]
    [InlineData("text/html;q=0, application/xml;q=0, */*")]
    public void JSON_is_for_programs(string accept) => AssertChosen(AnswerFormat.Json, accept);

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/pdf, text/csv")]
    [InlineData("application/json;q=0")]
    [InlineData("*/*;q=0")]
    [InlineData("text/html;q=0")]
    [InlineData("text/html;q=NaN")]
    [InlineData("text/html;q=-1")]
    [InlineData("text/html;q=")]
    [InlineData("text/html;q=1e9")]
    [InlineData(",,;;,")]
    [InlineData("\"text/html")]
    [InlineData("x;a=\",text/html,\"")]
    public void JSON_is_for_those_whom_nothing_suits(string accept) => AssertChosen(AnswerFormat.Json, accept);

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html, */*")]
    [InlineData("application/json, text/html")]
    [InlineData("application/xml, text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8")]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")]
    [InlineData("application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,image/png,*/*;q=0.5")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/*")]
    [InlineData("text/html;charset=utf-8 ; Q=0.7 ;q=0, application/json;q=0.6")]
    [InlineData("text/html;x=\"a,b;q=0\";q=0.9, application/json;q=0.8")]
    [InlineData("application/json;q=0.2, text/html;q=0.3")]
    [InlineData("application/json;q=0, application/xml;q=0, */*;q=0.1")]
    public void A_page_is_for_who_names_it(string accept) => AssertChosen(AnswerFormat.Page, accept);

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/problem+xml")]
    [InlineData("Application/XML;charset=utf-8")]
    [InlineData("application/xml, text/xml, */*; q=0.01")]
    [InlineData("application/xml;q=0.9, */*;q=0.8")]
    [InlineData("application/xml, */*")]
    [InlineData("application/json;q=0.5, application/xml;q=0.6")]
    [InlineData("application/json;q=0, */*")]
    [InlineData("application/json;q=0, application/*;q=0.001")]
    public void XML_is_for_who_wants_it_more(string accept) => AssertChosen(AnswerFormat.Xml, accept);

    [Theory]
    [InlineData("text/xml")]
    [InlineData("text/xml, application/xml;q=0.9")]
    [InlineData("text/html;q=0, text/*")]
    public void XML_has_the_name_by_which_it_is_asked_for(string accept) => AssertChosen(AnswerFormat.TextXml, accept);

    [Fact]
    public void Several_header_lines_are_one_list() =>
        Assert.Equal(AnswerFormat.Xml, Accept.Choose(new(["application/json;q=0.1", "application/xml;q=0.2"])));

    private static void AssertChosen(AnswerFormat format, string accept) =>
        Assert.Equal(format, Accept.Choose(accept.Length == 0 ? default : new(accept)));
}
