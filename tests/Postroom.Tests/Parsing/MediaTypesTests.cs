using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("application/json", BodyFormat.Json)]
    [InlineData("Application/JSON", BodyFormat.Json)]
    [InlineData("application/json; charset=utf-8", BodyFormat.Json)]
    [InlineData("application/json;charset=\"UTF-8\"", BodyFormat.Json)]
    [InlineData("application/json ; x=y ;", BodyFormat.Json)]
    [InlineData("application/merge-patch+json", BodyFormat.Json)]
    [InlineData("application/x-www-form-urlencoded", BodyFormat.Urlencoded)]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8", BodyFormat.Urlencoded)]
    [InlineData("multipart/form-data; boundary=x", BodyFormat.Multipart)]
    [InlineData("Multipart/Form-Data; charset=utf-8; Boundary=\"a b'()+_,-./:=?c\"", BodyFormat.Multipart)]
    public void A_known_type_gives_its_format(string header, object format)
    {
        Assert.Null(Reading.TypeOf(header, out MediaType mediaType));
        Assert.Equal((BodyFormat)format, mediaType.Format);
    }

    [Theory]
    [InlineData("application/xml", "xml")]
    [InlineData("Text/XML; charset=UTF-16", "xml")]
    [InlineData("application/atom+xml;charset=utf-8", "xml")]
    [InlineData("text/csv; header=present", "csv")]
    [InlineData("application/x-ndjson", "ndjson")]
    [InlineData("application/jsonl", "ndjson")]
    [InlineData("text/plain; charset=utf-8", "text")]
    public void Other_types_are_read_where_they_are_listed(string header, string name)
    {
        Assert.Null(Reading.TypeOf(header, BodyFormatNames.All, out MediaType mediaType));
        Assert.Equal(name, mediaType.Other?.Name);
    }

    [Theory]
    [InlineData("text/csv", "csv")]
    [InlineData("application/x-ndjson", "ndjson")]
    public void A_type_that_is_not_listed_is_told_the_word_that_lists_it(string header, string name)
    {
        Fault fault = Reading.TypeOf(header, out _)!;
        Assert.Equal(FaultCatalogue.MediaTypeUnsupported, fault.Kind);
        Assert.Contains($"add `{name}` to `formats:`", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv; header=absent")]
    [InlineData("text/csv; charset=utf-16")]
    [InlineData("text/xml; charset=iso-8859-1")]
    [InlineData("application/+xml")]
    public void What_a_listed_format_cannot_read_is_refused(string header) => Assert.Equal(
        FaultCatalogue.MediaTypeUnsupported, Reading.TypeOf(header, BodyFormatNames.All, out _)?.Kind);

    [Fact]
    public void The_boundary_stands_with_or_without_quotes()
    {
        Assert.Null(Reading.TypeOf("multipart/form-data; boundary=----x", out MediaType plain));
        Assert.Null(Reading.TypeOf("multipart/form-data; boundary=\"----x\"", out MediaType quoted));
        Assert.Equal("----x", Encoding.ASCII.GetString(plain.Boundary.Span));
        Assert.Equal("----x", Encoding.ASCII.GetString(quoted.Boundary.Span));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("image/svg")]
    [InlineData("application/+json")]
    [InlineData("application")]
    [InlineData("application/")]
    [InlineData("/json")]
    [InlineData("application/json charset=utf-8")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; charset=\"utf-8")]
    [InlineData("application/json; charset=\"utf-8\"x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-8; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/json, text/html")]
    [InlineData("application/jsoné")]
    public void Every_other_type_is_refused_as_unsupported(string? header) =>
        Assert.Equal(FaultCatalogue.MediaTypeUnsupported, Reading.TypeOf(header, out _)?.Kind);

    [Fact]
    public void A_fetch_that_forgot_the_header_is_told_which_to_add() => Assert.Contains(
        "Add `Content-Type: application/json`.",
        Reading.TypeOf("text/plain;charset=UTF-8", out _)!.Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=a; boundary=b")]
    [InlineData("multipart/form-data; boundary=\"a \"")]
    [InlineData("multipart/form-data; boundary=\"a\\\"b\"")]
    [InlineData("multipart/form-data; boundary=\"a{b\"")]
    public void A_multipart_type_needs_one_good_boundary(string header) =>
        Assert.Equal(FaultCatalogue.MalformedForm, Reading.TypeOf(header, out _)?.Kind);

    [Fact]
    public void A_boundary_has_at_most_70_characters()
    {
        Assert.Null(Reading.TypeOf("multipart/form-data; boundary=" + new string('b', 70), out _));
        Assert.NotNull(Reading.TypeOf("multipart/form-data; boundary=" + new string('b', 71), out _));
    }

    [Fact]
    public void A_header_is_bounded() =>
        Assert.NotNull(Reading.TypeOf("application/json;" + new string(' ', MediaTypes.HeaderMax), out _));

    [Theory]
    [InlineData("""{"name":"Ada"}""")]
    [InlineData(""" [1, 2] """)]
    [InlineData("{name:Ada}")]
    [InlineData("""{"name":"Ada & Co = cut of""")]
    [InlineData("""[{"a":1},""")]
    public void JSON_sent_as_a_form_gets_the_message_that_says_so(string body)
    {
        Fault? fault = new Reading().Urlencoded(body).Fault;
        Assert.Equal(FaultCatalogue.MediaTypeMismatch, fault?.Kind);
        Assert.Equal(
            "The body looks like JSON but Content-Type says form data. Add `Content-Type: application/json`.",
            fault?.Message);
        Assert.Equal(FaultCatalogue.MediaTypeMismatch, new Reading().Multipart(body).Fault?.Kind);
    }

    [Theory]
    [InlineData("name=Ada")]
    [InlineData("a%5Bb%5D=1&c=2")]
    [InlineData("true=")]
    public void A_form_sent_as_JSON_gets_the_message_that_says_so(string body) =>
        Assert.Equal(FaultCatalogue.MediaTypeMismatch, new Reading().Json(body).Fault?.Kind);

    [Theory]
    [InlineData(BodyFormat.Json)]
    [InlineData(BodyFormat.Urlencoded)]
    public void A_multipart_body_sent_as_another_format_is_told(object format)
    {
        byte[] body = Browser.Multipart([("a", "1")], "----WebKitFormBoundaryx");
        Assert.Equal(FaultCatalogue.MediaTypeMismatch, new Reading().Read((BodyFormat)format, body).Fault?.Kind);
    }

    [Theory]
    [InlineData("a={}")]
    [InlineData("[a]=1")]
    [InlineData("{a}=1")]
    [InlineData("{")]
    public void A_form_that_only_has_brackets_is_a_form(string body) =>
        Assert.False(new Reading().Urlencoded(body).IsRefused);
}
