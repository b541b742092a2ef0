using Postroom.Validation;

namespace Postroom.Tests.Validation;

/// <summary>The one-pass search against the obvious one.</summary>
public sealed class WordListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_finds_a_word_exactly_when_a_plain_search_does(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var words = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Text(random, 1 + random.Next(4)).Trim())
                .Where(word => word.Length > 0).ToList();
            var text = FoldedText.Fold(Text(random, random.Next(14)));

            var found = new WordList(words).Find(text);

            Assert.Equal(words.Any(word => Holds(text, FoldedText.Fold(word))), found is not null);
            Assert.True(found is null || Holds(text, FoldedText.Fold(found)));
        }
    }

    private static bool Holds(string text, string word) => Enumerable
        .Range(0, Math.Max(0, text.Length - word.Length + 1))
        .Any(at => text.AsSpan(at).StartsWith(word)
            && (at == 0 || !Joins(text[at - 1], word[0]))
            && (at + word.Length == text.Length || !Joins(text[at + word.Length], word[^1])));

    private static bool Joins(char outside, char inside) => inside < '\u0E00' && char.IsLetterOrDigit(inside)
        && char.IsLetterOrDigit(outside);

    private static string Text(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => "ab 赌-"[random.Next(5)]));
}
