using System.Text.Json;
using System.Text.RegularExpressions;
using Postroom.Declarations.Loading;
using Postroom.Faults;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Limits;

/// <summary>docs/limits.md lists every limit, with the default that the schema has and what the test of it saw.</summary>
public sealed partial class LimitsPageTests
{
    private static readonly (string Key, string Default, string Answer)[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "limits.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
    ];

    [Fact]
    public void Every_limit_stands_on_the_page_once() => Assert.Equal(
        DeclarationSchema.Root.Property("limits")!.Schema.Properties.Select(property => property.Name).Order(),
        Rows.Select(row => row.Key).Order());

    [Fact]
    public void Its_default_is_the_schema_s()
    {
        foreach (var (key, value, _) in Rows)
        {
            var limit = DeclarationSchema.Root.Property("limits")!.Schema.Property(key)!.Schema;
            var expected = limit.Default is { } json ? $"`{JsonDocument.Parse(json).RootElement}`" : "as `body`";
            Assert.Equal($"{key} {expected}", $"{key} {value}");
        }
    }

    [Fact]
    public void Its_answer_is_what_crossing_it_gave()
    {
        foreach (var (key, _, answer) in Rows)
        {
            var name = char.ToUpperInvariant(key[0]) + key[1..];
            var limit = LimitCases.OfEndpoint.GetValueOrDefault(name) ?? LimitCases.OfServer[name];
            Assert.StartsWith(limit.Status == 0 ? "closed" : limit.Status.ToString(), answer, StringComparison.Ordinal);
            foreach (Match code in Code().Matches(answer))
            {
                Assert.Equal(limit.Status, Assert.Single(FaultCatalogue.All, kind => kind.Code == code.Groups[1].Value).Status);
            }
        }
    }

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
