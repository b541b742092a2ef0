using System.Globalization;
using System.Text.RegularExpressions;

namespace Postroom.Browser.Tests;

/// <summary>One look for the example and the pages that Postroom renders, and one that can be read.</summary>
public sealed partial class DesignTests
{
    private const double EnoughForText = 4.5;
    private const double EnoughForEdges = 3;

    [Theory]
    [InlineData("contact")]
    [InlineData("bookings")]
    [InlineData("catalogue")]
    public void The_examples_and_the_console_share_one_set_of_tokens(string example)
    {
        Assert.Contains("--enamel:", ConsoleTokens(), StringComparison.Ordinal);
        Assert.Equal(
            ConsoleTokens(),
            Tokens(Path.Combine(Repository.Root, "examples", example, "site", example + ".css")));
    }

    [Theory]
    [InlineData("ink", "paper card recess stored-tint held-tint refused-tint info-tint")]
    [InlineData("soft", "paper card recess")]
    [InlineData("enamel", "paper card recess stored-tint")]
    [InlineData("on-enamel", "enamel enamel-deep")]
    [InlineData("stored", "stored-tint")]
    [InlineData("held", "held-tint")]
    [InlineData("refused", "refused-tint card")]
    [InlineData("info", "info-tint")]
    public void Text_has_the_contrast_of_WCAG_AA_by_day_and_by_night(string text, string grounds) =>
        AssertContrast(text, grounds, EnoughForText);

    [Fact]
    public void The_edges_of_fields_can_be_seen() => AssertContrast("edge", "card paper", EnoughForEdges);

    private static void AssertContrast(string front, string grounds, double enough)
    {
        foreach (var scheme in ConsoleTokens().Split("@media"))
        {
            var colours = Colour().Matches(scheme).ToDictionary(
                match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value));
            foreach (var ground in grounds.Split(' '))
            {
                var (light, dark) = (
                    Math.Max(colours[front], colours[ground]), Math.Min(colours[front], colours[ground]));
                var contrast = (light + 0.05) / (dark + 0.05);
                Assert.True(contrast >= enough, $"--{front} on --{ground} has a contrast of {contrast:0.0}");
            }
        }
    }

    // WCAG 2.2, "relative luminance".
    private static double Luminance(string hex) =>
        (0.2126 * Linear(hex[..2])) + (0.7152 * Linear(hex[2..4])) + (0.0722 * Linear(hex[4..]));

    private static double Linear(string channel)
    {
        var value = int.Parse(channel, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static string ConsoleTokens() => Tokens(Path.Combine(Repository.ConsoleAssets, "postroom.css"));

    private static string Tokens(string stylesheet)
    {
        var css = File.ReadAllText(stylesheet);
        var begin = css.IndexOf(":root {", StringComparison.Ordinal);
        var end = css.IndexOf("/* end of tokens */", StringComparison.Ordinal);
        return css[begin..end];
    }

    [GeneratedRegex(@"--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}
