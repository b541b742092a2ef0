using System.Text;
using Postroom.Parsing.Uploads;

namespace Postroom.Tests.Parsing.Uploads;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("cv.pdf", "cv.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\fakepath\\cv.pdf", "cv.pdf")]
    [InlineData("a%22b%0D%0Ac.txt", "a\"bc.txt")]
    [InlineData("a%00.pdf", "a%00.pdf")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("/", "file")]
    [InlineData(" . ", "file")]
    [InlineData("cv.pdf. .", "cv.pdf")]
    [InlineData("\u202Efdp.exe", "fdp.exe")]
    [InlineData("a\u0007\u007F\tb.txt", "ab.txt")]
    [InlineData("CON", "CON")]
    [InlineData("履歴書😀.pdf", "履歴書😀.pdf")]
    [InlineData("=?utf-8?B?w6kucGRm?=", "é.pdf")]
    [InlineData("=?utf-8?B?Li4vw6kucGRm?=", "é.pdf")]
    [InlineData("=?utf-8?B?not base64?=", "=?utf-8?B?not base64?=")]
    public void A_name_is_for_people_and_never_a_path(string sent, string shown) =>
        Assert.Equal(shown, FileName.Clean(Encoding.UTF8.GetBytes(sent)));

    [Fact]
    public void A_long_name_is_cut_before_its_extension()
    {
        string name = FileName.Clean(Encoding.UTF8.GetBytes(new string('a', 300) + ".pdf"));
        Assert.Equal(FileName.LengthMax, name.Length);
        Assert.EndsWith("a.pdf", name, StringComparison.Ordinal);
    }
}
