using System.Text;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

public sealed class UrlencodedParserTests
{
    private static readonly LimitsDeclaration Limits = new();

    [Fact]
    public void Every_vector_of_the_URL_Standard_gives_its_pairs()
    {
        string file = Path.Combine(Corpora.Folder("urlencoded"), "urlencoded-parser-data.json");
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        int count = 0;
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray())
        {
            string input = vector.GetProperty("input").GetString()!;
            var expected = vector.GetProperty("output").EnumerateArray()
                .Select(pair => (pair[0].GetString()!, pair[1].GetString()!));
            Assert.Equal(expected, Pairs(Encoding.UTF8.GetBytes(input)));
            count++;
        }

        Assert.Equal(35, count);
    }

    [Theory]
    [InlineData("a=%FF", true)]
    [InlineData("%C2=x", true)]
    [InlineData("a=%EF%BF%BD", false)]
    [InlineData("a=%ED%A0%80", true)]
    [InlineData("a=%F0%9F%98%80", false)]
    public void Bytes_that_are_not_UTF8_are_told(string body, bool isInvalid)
    {
        using FormFields fields = new(body.Length);
        Assert.Null(UrlencodedParser.Parse(Encoding.ASCII.GetBytes(body), Limits, fields));
        Assert.Equal(isInvalid, fields.HadInvalidUtf8);
    }

    [Fact]
    public void Raw_bytes_that_are_not_UTF8_are_told()
    {
        using FormFields fields = new(4);
        Assert.Null(UrlencodedParser.Parse([(byte)'a', (byte)'=', 0xE9], Limits, fields));
        Assert.True(fields.HadInvalidUtf8);
    }

    [Theory]
    [InlineData("a=1&b=2&c=3", "limits.fields", 2)]
    [InlineData("a&&&b&c", "limits.fields", 2)]
    [InlineData("a[]=1&a[]=2&a[]=3", "limits.fields", 2)]
    [InlineData("a[0]=1&a[1]=2&a[2]=3", "limits.fields", 2)]
    [InlineData("abcde=1", "limits.name", 4)]
    [InlineData("%61%62%63%64%65=1", "limits.name", 4)]
    [InlineData("a[bc]=1", "limits.name", 4)]
    [InlineData("a=123456", "limits.value", 5)]
    [InlineData("a=%31%32%33%34%35%36", "limits.value", 5)]
    public void A_limit_holds_in_every_notation(string body, string limit, long value)
    {
        LimitsDeclaration limits = new() { Fields = 2, Name = 4, Value = 5 };
        using FormFields fields = new(body.Length);
        Fault? fault = UrlencodedParser.Parse(Encoding.ASCII.GetBytes(body), limits, fields);
        Assert.Equal(FaultCatalogue.LimitExceeded, fault?.Kind);
        Assert.Equal(new LimitFault(limit, value), fault?.Limit);
    }

    [Theory]
    [InlineData("a=1&b=2")]
    [InlineData("&&a=1&&b=2&&")]
    [InlineData("abcd=12345")]
    [InlineData("%61bcd=%31234+")]
    public void What_just_fits_passes(string body)
    {
        LimitsDeclaration limits = new() { Fields = 2, Name = 4, Value = 5 };
        using FormFields fields = new(body.Length);
        Assert.Null(UrlencodedParser.Parse(Encoding.ASCII.GetBytes(body), limits, fields));
    }

    private static List<(string Name, string Value)> Pairs(byte[] body)
    {
        using FormFields fields = new(body.Length);
        Assert.Null(UrlencodedParser.Parse(body, Limits, fields));
        return [.. Enumerable.Range(0, fields.Count).Select(index =>
            (Encoding.UTF8.GetString(fields.Name(index)), Encoding.UTF8.GetString(fields.Value(index))))];
    }
}
