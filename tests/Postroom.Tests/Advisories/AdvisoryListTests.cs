using System.Text.RegularExpressions;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Advisories;

/// <summary>docs/security.md says which fault of others is held off by which test: neither may know more.</summary>
public sealed partial class AdvisoryListTests
{
    private const string Waiting = "These wait for";

    private const string Inapplicable = "These do not apply";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_id_that_is_held_off_stands_in_a_test_and_every_other_in_none()
    {
        var held = Ids(Page[..Page.IndexOf(Waiting, StringComparison.Ordinal)]);
        var tested = Ids(string.Concat(
            Repository.Sources("tests").Select(file => string.Join('\n', file.Lines))).Replace('_', '-'));
        Assert.Equal(tested, held);
    }

    [Fact]
    public void No_id_stands_in_two_tables()
    {
        var waiting = Page.IndexOf(Waiting, StringComparison.Ordinal);
        var inapplicable = Page.IndexOf(Inapplicable, StringComparison.Ordinal);
        string[] tables = [Page[..waiting], Page[waiting..inapplicable], Page[inapplicable..]];
        Assert.Empty(tables.SelectMany(Ids).GroupBy(id => id).Where(ids => ids.Count() > 1).Select(ids => ids.Key));
    }

    private static SortedSet<string> Ids(string text) =>
        new(Id().Matches(text).Select(match => match.Value), StringComparer.Ordinal);

    [GeneratedRegex("CVE-[0-9]{4}-[0-9]+|GHSA(-[0-9a-z]{4}){3}|GO-[0-9]{4}-[0-9]+", RegexOptions.None, 5000)]
    private static partial Regex Id();
}
