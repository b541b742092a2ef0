using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Postroom.Declarations;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>Content-Type and its parameters beside the framework's reader.</summary>
public sealed partial class HeaderFuzzTests
{
    private const int Rounds = 10_000;

    private static readonly byte[][] Good =
    [
        "application/json; charset=utf-8"u8.ToArray(), "multipart/form-data; boundary=\"--x y\""u8.ToArray(),
        "application/x-www-form-urlencoded"u8.ToArray(), "text/csv;header=present"u8.ToArray(),
        "multipart/form-data;boundary=abc; charset=UTF-8"u8.ToArray(),
    ];

    private static readonly string[] Tokens =
        [";", "=", "\"", "\\", "/", " ", "charset", "boundary", "a", "\t", ",", "+json", "x=y", ";a=\"b\\\"c\"", "utf-8"];

    [Fact]
    public void What_is_taken_is_what_the_framework_reads()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Good, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(Encoding.Latin1.GetString(body)) ? 1 : 0, body);
        }
    }

    private static bool Compare(string header)
    {
        if (Reading.TypeOf(header, BodyFormatNames.All, out MediaType ours) is not null)
        {
            return false;
        }

        // RFC 9110 §5.6.6 lets a parameter be empty; the framework does not.
        Assert.True(MediaTypeHeaderValue.TryParse(WithoutEmptyParameters(header), out MediaTypeHeaderValue? theirs), header);
        if (ours.Format == BodyFormat.Multipart)
        {
            Assert.Equal(
                HeaderUtilities.UnescapeAsQuotedString(theirs.Boundary).ToString(), Encoding.ASCII.GetString(ours.Boundary.Span));
        }

        return true;
    }

    internal static string WithoutEmptyParameters(string header) =>
        QuotedOrEmpty().Replace(header, match => match.Value[0] == '"' ? match.Value : "");

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|(;[ \t]*)+(?=;|$)
        """, RegexOptions.None, 1000)]
    private static partial Regex QuotedOrEmpty();
}
