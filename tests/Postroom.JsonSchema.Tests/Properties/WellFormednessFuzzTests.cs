using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>Documents damaged byte by byte, judged by this walk and by the framework's parser.</summary>
public sealed class WellFormednessFuzzTests
{
    private const int Iterations = 15_000;

    private static readonly byte[] Telling =
        [.. "\"\\{}[]:,.-+eEu019tfn \n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_walk_and_the_framework_accept_the_same_texts(int seed)
    {
        var random = new Random(seed);
        var faults = new SchemaFaults();
        int accepted = 0, refused = 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            byte[] text = Damage(random, new RandomJson(random.Next()).Document(4));
            JsonVerdict verdict = CompiledSchema.Any.Walk(text, faults);
            bool expected = FrameworkAccepts(text);

            // The framework does not look into strings: bad UTF-8 and halves of pairs are for us alone to refuse.
            bool ours = faults.Malformation?.Code is MalformationCodes.Encoding or MalformationCodes.Surrogate;
            Assert.True(
                ours || expected == (verdict == JsonVerdict.Valid),
                $"{verdict} {faults.Malformation} for {Convert.ToHexString(text)} {Encoding.UTF8.GetString(text)}");
            Assert.True(verdict != JsonVerdict.Valid || Utf8.IsValid(text));
            (accepted, refused) = expected ? (accepted + 1, refused) : (accepted, refused + 1);
        }

        Assert.True(accepted > Iterations / 20 && refused > Iterations / 20, $"{accepted} accepted, {refused} refused");
    }

    private static byte[] Damage(Random random, string document)
    {
        List<byte> text = [.. Encoding.UTF8.GetBytes(document)];
        for (int damage = random.Next(4); damage > 0; damage--)
        {
            int at = random.Next(text.Count + 1);
            byte unit = random.Next(8) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];
            switch (random.Next(4))
            {
                case 0 when at < text.Count:
                    text.RemoveAt(at);
                    break;
                case 1 when at < text.Count:
                    text[at] = unit;
                    break;
                case 2 when at < text.Count:
                    int length = Math.Min(text.Count - at, random.Next(6));
                    text.InsertRange(random.Next(text.Count), text.GetRange(at, length));
                    break;
                default:
                    text.Insert(at, unit);
                    break;
            }
        }

        return [.. text];
    }

    private static bool FrameworkAccepts(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 64 });
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
