using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

public sealed class MultipartParserTests
{
    [Fact]
    public void Fields_of_a_browser_make_the_document()
    {
        var body = new Reading().Multipart(
            [("name", "Ada"), ("a[b]", "x\ny"), ("a[c]", ""), ("tag", "1"), ("tag", "2")]);
        Assert.Equal("""{"name":"Ada","a":{"b":"x\ny"},"tag":["1","2"]}""", Reading.Text(body));
    }

    [Theory]
    [InlineData("name=\"a\"", "a")]
    [InlineData("name=a", "a")]
    [InlineData("NAME=\"a\"", "a")]
    [InlineData("  name=\"a\" ; x=y", "a")]
    [InlineData("name=\"%22%0D%0A\"", "\"\\n")]
    [InlineData("name=\"%41%0d%\"", "%41%0d%")]
    [InlineData("name=\"a\\\\b\"", "a\\\\\\\\b")]
    [InlineData("name=\"a\\\"", "a\\\\")]
    [InlineData("name=\"é😀\"", "é😀")]
    [InlineData("name=\"&#601;\"", "&#601;")]
    [InlineData("name=\"a\"; name*=utf-8''b", "a")]
    [InlineData("name=\"a\"; filename*=utf-8''evil.php", "a")]
    [InlineData("name=\"a;b=c\"", "a;b=c")]
    [InlineData("name=\"a\u007F\"", "a\u007F")]
    public void A_name_is_read_as_browsers_write_it(string parameters, string expected)
    {
        var body = new Reading().Multipart(Part($"Content-Disposition: form-data; {parameters}", "x"));
        string document = Reading.Text(body);
        Assert.Equal($"{{\"{expected.Replace("\"\\n", "\\\"\\n", StringComparison.Ordinal)}\":\"x\"}}", document);
    }

    [Theory]
    [InlineData("Content-Disposition: form-data")]
    [InlineData("Content-Disposition: form-data name=\"a\"")]
    [InlineData("Content-Disposition: form-data; name=\"\"")]
    [InlineData("Content-Disposition: form-data; name*=utf-8''a")]
    [InlineData("Content-Disposition: form-data; name=")]
    [InlineData("Content-Disposition: form-data; name=\"a")]
    [InlineData("Content-Disposition: form-data; name=\"a\\\"b\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\"; name=\"b\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\"; filename=\"\"; filename=\"b\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\" b")]
    [InlineData("Content-Disposition: attachment; name=\"a\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"")]
    [InlineData("Content-Type: text/plain")]
    [InlineData("Content-Disposition: form-data;\r\n name=\"a\"")]
    [InlineData("Content-Disposition : form-data; name=\"a\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\0\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\rb\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\nb\"")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nno colon")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: quoted-printable")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=x")]
    [InlineData("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset")]
    [InlineData("")]
    public void Headers_that_are_doubtful_are_refused(string headers) =>
        Assert.Equal(FaultCatalogue.MalformedForm, new Reading().Multipart(Part(headers, "x")).Fault?.Kind);

    [Theory]
    [InlineData("Content-Transfer-Encoding: 8bit")]
    [InlineData("Content-Transfer-Encoding: 7BIT")]
    [InlineData("Content-Transfer-Encoding: binary")]
    [InlineData("Content-Type: text/plain; charset=UTF-8")]
    [InlineData("Content-Type: text/plain;charset=\"utf-8\"")]
    [InlineData("Content-Type: application/json")]
    [InlineData("Content-Length: 1")]
    [InlineData("X-Anything: é")]
    public void Headers_that_change_nothing_pass(string header) => Assert.Equal(
        """{"a":"x"}""",
        Reading.Text(new Reading().Multipart(Part($"Content-Disposition: form-data; name=\"a\"\r\n{header}", "x"))));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void A_part_in_another_charset_is_refused(string charset)
    {
        string headers = $"Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset={charset}";
        Assert.Equal(FaultCatalogue.MediaTypeUnsupported, new Reading().Multipart(Part(headers, "x")).Fault?.Kind);
    }

    [Theory]
    [InlineData("filename=\"a.txt\"", "x")]
    [InlineData("filename=\"a.txt\"", "")]
    [InlineData("filename=\"\"", "x")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''b.txt", "x")]
    [InlineData("FileName=a.txt", "x")]
    public void A_file_is_refused(string parameter, string content) => Assert.Equal(
        FaultCatalogue.FilesUnsupported,
        new Reading().Multipart(Part($"Content-Disposition: form-data; name=\"a\"; {parameter}", content)).Fault?.Kind);

    [Fact]
    public void A_file_input_without_a_file_is_an_absent_field()
    {
        string headers = "Content-Disposition: form-data; name=\"a\"; filename=\"\"\r\n"
            + "Content-Type: application/octet-stream";
        Assert.Equal("{}", Reading.Text(new Reading().Multipart(Part(headers, ""))));
    }

    [Theory]
    [InlineData("\r\n--B\r\nH\r\n\r\nx\r\n--B--\r\n", "x")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--B--", "x")]
    [InlineData("--B \t\r\nH\r\n\r\nx\r\n--B-- \r\n", "x")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--b\r\n--\r\n--\r\n--B--", "x\\n--b\\n--\\n--")]
    [InlineData("--B\r\nH\r\n\r\n--B--\r\n", null)]
    [InlineData("--B\r\nH\r\n\r\n\r\n--B--\r\n", null)]
    [InlineData("--B--\r\n", null)]
    public void Framing_that_is_right_passes(string body, string? value)
    {
        string document = Reading.Text(new Reading().Multipart(Framed(body)));
        Assert.Equal(value is null ? "{}" : $"{{\"a\":\"{value}\"}}", document);
    }

    [Theory]
    [InlineData("preamble\r\n--B\r\nH\r\n\r\nx\r\n--B--\r\n")]
    [InlineData("\r\n\r\n--B\r\nH\r\n\r\nx\r\n--B--\r\n")]
    [InlineData("--X\r\nH\r\n\r\nx\r\n--X--\r\n")]
    [InlineData("--B\nH\n\nx\n--B--\n")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--B--\r\nepilogue")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--B--\r\n\r\n")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--B--x")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--B-\r\n")]
    [InlineData("--B\r\nH\r\n\r\nx\r\n--Bx\r\n")]
    [InlineData("--B--\r\n--B\r\nH\r\n\r\nx\r\n--B--\r\n")]
    [InlineData("--B\r\n\r\nx\r\n--B--\r\n")]
    public void Framing_that_is_doubtful_is_refused(string body) =>
        Assert.Equal(FaultCatalogue.MalformedForm, new Reading().Multipart(Framed(body)).Fault?.Kind);

    [Fact]
    public void A_body_cut_off_anywhere_is_incomplete_or_malformed_and_never_accepted()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Framed("--B\r\nH\r\n\r\nx\r\n--B\r\nH\r\n\r\ny\r\n--B--"));
        for (int length = 1; length < whole.Length; length++)
        {
            var parsed = new Reading().Read(BodyFormat.Multipart, whole[..length]);
            Assert.True(parsed.IsRefused, $"cut at {length}");
            Assert.Equal(FaultCatalogue.IncompleteBody, parsed.Fault.Kind);
        }
    }

    [Fact]
    public void The_headers_of_a_part_are_bounded()
    {
        string sixteen = string.Concat(Enumerable.Range(0, 15).Select(index => $"\r\nX-{index}: y"));
        string disposition = "Content-Disposition: form-data; name=\"a\"";
        Assert.False(new Reading().Multipart(Part(disposition + sixteen, "x")).IsRefused);
        Assert.True(new Reading().Multipart(Part(disposition + sixteen + "\r\nX-16: y", "x")).IsRefused);
        string longest = "\r\nX: " + new string('y', PartHeaders.BytesMax - disposition.Length - 9);
        Assert.False(new Reading().Multipart(Part(disposition + longest, "x")).IsRefused);
        Assert.True(new Reading().Multipart(Part(disposition + longest + "y", "x")).IsRefused);
    }

    [Theory]
    [InlineData("limits.fields", 2)]
    [InlineData("limits.name", 4)]
    [InlineData("limits.value", 5)]
    public void A_limit_holds(string limit, long value)
    {
        LimitsDeclaration limits = new() { Fields = 2, Name = 4, Value = 5 };
        (string, string)[] pairs = limit switch
        {
            "limits.fields" => [("a", "1"), ("a", "2"), ("a", "3")],
            "limits.name" => [("abcde", "1")],
            _ => [("a", "123456")],
        };
        Fault? fault = new Reading(limits: limits).Multipart(pairs).Fault;
        Assert.Equal(FaultCatalogue.LimitExceeded, fault?.Kind);
        Assert.Equal(new LimitFault(limit, value), fault?.Limit);
        Assert.False(new Reading(limits: limits).Multipart([("abcd", "12345"), ("a", "1")]).IsRefused);
    }

    [Fact]
    public void Empty_file_inputs_count_as_fields_too()
    {
        string part = Framed("--B\r\n") + "Content-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\n\r\n";
        string body = string.Concat(Enumerable.Repeat(part, 3)) + Framed("--B--");
        Assert.Equal("limits.fields", new Reading(limits: new() { Fields = 2 }).Multipart(body).Fault?.Limit?.Name);
        Assert.False(new Reading(limits: new() { Fields = 3 }).Multipart(body).IsRefused);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        byte[] body = Encoding.Latin1.GetBytes(Part("Content-Disposition: form-data; name=\"a\"", "\xE9"));
        Assert.Equal(FaultCatalogue.MalformedForm, new Reading().Read(BodyFormat.Multipart, body).Fault?.Kind);
        byte[] named = Encoding.Latin1.GetBytes(Part("Content-Disposition: form-data; name=\"\xE9\"", "x"));
        Assert.Equal(FaultCatalogue.MalformedForm, new Reading().Read(BodyFormat.Multipart, named).Fault?.Kind);
    }

    private static string Part(string headers, string content) =>
        $"--{Reading.Boundary}\r\n{headers}\r\n\r\n{content}\r\n--{Reading.Boundary}--\r\n";

    /// <summary>Puts the boundary for B and the usual header for H.</summary>
    private static string Framed(string body) => body.Replace("B", Reading.Boundary, StringComparison.Ordinal)
        .Replace("\nH\r", "\nContent-Disposition: form-data; name=\"a\"\r", StringComparison.Ordinal)
        .Replace("\nH\n", "\nContent-Disposition: form-data; name=\"a\"\n", StringComparison.Ordinal);
}
