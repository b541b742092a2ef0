using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postroom.Tests.Scenarios;

/// <summary>
/// Compares what came with what is expected. <c>{name}</c> stands for what was found there first, <c>{*}</c> for
/// anything; an object may have more members than are expected, and <c>"-"</c> says that one is not there.
/// </summary>
internal sealed partial class Expectation
{
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>The text with what was found in the place of names.</summary>
    public string Fill(string text) => Hole().Replace(text, hole =>
        _found.TryGetValue(hole.Groups[1].Value, out var value) ? value : hole.Value);

    /// <summary>Null when it is as expected, else what is not.</summary>
    public string? Judge(string expected, string? actual)
    {
        if (expected == "-")
        {
            return actual is null ? null : $"is there: {actual}";
        }

        if (actual is null)
        {
            return $"is missing; expected {expected}";
        }

        var names = new List<string>();
        var pattern = Hole().Replace(Regex.Escape(expected).Replace("\\{", "{", StringComparison.Ordinal), hole =>
        {
            var name = hole.Groups[1].Value.Replace("\\", "", StringComparison.Ordinal);
            if (_found.TryGetValue(name, out var value))
            {
                return Regex.Escape(value);
            }

            names.Add(name);
            return name == "*" ? "(.*?)" : "(.+?)";
        });
        var match = Regex.Match(actual, $"^{pattern}$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        if (!match.Success)
        {
            return $"is {actual}; expected {Fill(expected)}";
        }

        for (var index = 0; index < names.Count; index++)
        {
            if (names[index] != "*")
            {
                _found[names[index]] = match.Groups[index + 1].Value;
            }
        }

        return null;
    }

    public string? JudgeJson(JsonElement expected, JsonElement? actual, string pointer)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            var text = actual is { ValueKind: JsonValueKind.String } value ? value.GetString()
                : expected.GetString() == "{*}" || actual is null ? actual?.GetRawText() : "the JSON " + actual.Value.GetRawText();
            return Judge(expected.GetString()!, text) is { } wrong ? $"{pointer} {wrong}" : null;
        }

        if (actual is not { } there)
        {
            return $"{pointer} is missing";
        }

        if (expected.ValueKind != there.ValueKind)
        {
            return $"{pointer} is {there.GetRawText()}; expected {expected.GetRawText()}";
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return expected.EnumerateObject().Select(member => JudgeJson(
                    member.Value, there.TryGetProperty(member.Name, out var value) ? value : null, $"{pointer}/{member.Name}"))
                    .FirstOrDefault(wrong => wrong is not null);
            case JsonValueKind.Array when expected.GetArrayLength() != there.GetArrayLength():
                return $"{pointer} has {there.GetArrayLength()} items: {there.GetRawText()}";
            case JsonValueKind.Array:
                return expected.EnumerateArray().Zip(there.EnumerateArray())
                    .Select((pair, index) => JudgeJson(pair.First, pair.Second, $"{pointer}/{index}"))
                    .FirstOrDefault(wrong => wrong is not null);
            default:
                return expected.GetRawText() == there.GetRawText()
                    ? null
                    : $"{pointer} is {there.GetRawText()}; expected {expected.GetRawText()}";
        }
    }

    [GeneratedRegex(@"\{(\\?\*|[a-zA-Z0-9]+)\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();
}
