using System.Text;
using System.Text.Json;
using Postroom.Execution.Records;

namespace Postroom.Tests.Resources;

/// <summary>RFC 7396: the vectors of appendix A, and what they leave open.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]

    // A number keeps its digits, a name its letters, the target its order.
    [InlineData("""{"z":1.50,"a":12345678901234567890123}""", """{"b":0.10e-7}""", """{"z":1.50,"a":12345678901234567890123,"b":0.10e-7}""")]
    [InlineData("""{"é":"\u0000"}""", """{"😀":"<&'>"}""", """{"é":"\u0000","😀":"<&'>"}""")]
    [InlineData("""{"":1}""", """{"":{"":null}}""", """{"":{}}""")]
    public void A_patch_makes_of_a_target(string target, string patch, string result) => Assert.Equal(
        result, Text(MergePatch.Apply(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(patch))));

    [Fact]
    public void A_patch_that_is_applied_twice_changes_nothing_more()
    {
        var random = new Random(7396);
        for (var round = 0; round < 500; round++)
        {
            var target = Encoding.UTF8.GetBytes(Any(random, 4));
            var patch = Encoding.UTF8.GetBytes(Any(random, 4));
            var once = MergePatch.Apply(target, patch);
            Assert.Equal(Text(once), Text(MergePatch.Apply(once, patch)));
            using var parsed = JsonDocument.Parse(once);
            Assert.Equal(Reference(JsonDocument.Parse(target).RootElement, JsonDocument.Parse(patch).RootElement), Sorted(parsed.RootElement));
        }
    }

    /// <summary>The pseudocode of §2, over text.</summary>
    private static string Reference(JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return Sorted(patch);
        }

        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (target is { ValueKind: JsonValueKind.Object } there)
        {
            foreach (var member in there.EnumerateObject())
            {
                members[member.Name] = Sorted(member.Value);
            }
        }

        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                members.Remove(member.Name);
            }
            else
            {
                JsonElement? below = target is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(member.Name, out var found) ? found : null;
                members[member.Name] = Reference(below, member.Value);
            }
        }

        return "{" + string.Join(",", members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";
    }

    private static string Sorted(JsonElement value) => value.ValueKind != JsonValueKind.Object
        ? value.GetRawText()
        : "{" + string.Join(",", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"\"{member.Name}\":{Sorted(member.Value)}")) + "}";

    private static string Any(Random random, int depth) => random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => "null",
        1 => random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => "\"text\"",
        _ => "{" + string.Join(",", "abcd".Where(_ => random.Next(2) == 0)
            .Select(name => $"\"{name}\":{Any(random, depth - 1)}")) + "}",
    };

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
