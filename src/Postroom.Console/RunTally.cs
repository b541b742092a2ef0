using System.Globalization;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>What became of entries that were run again together.</summary>
/// <param name="Stored">How many are stored now.</param>
/// <param name="Held">How many a rule about spam holds.</param>
/// <param name="Refused">How many were refused again.</param>
/// <param name="Left">How many could not be run, or somebody else was faster.</param>
internal readonly record struct RunTally(int Stored, int Held, int Refused, int Left)
{
    public RunTally With(SecondRunVerdict verdict) => verdict switch
    {
        SecondRunVerdict.Stored => this with { Stored = Stored + 1 },
        SecondRunVerdict.HeldAsSpam => this with { Held = Held + 1 },
        SecondRunVerdict.Refused => this with { Refused = Refused + 1 },
        _ => this with { Left = Left + 1 },
    };

    /// <summary>As it stands in an address.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Stored}-{Held}-{Refused}-{Left}");

    /// <summary>Reads an address: numbers and nothing else, so that no link can put words into our page.</summary>
    public static RunTally? Parse(string text)
    {
        var numbers = new int[4];
        var parts = text.Split('-');
        if (parts.Length != numbers.Length)
        {
            return null;
        }

        for (var index = 0; index < numbers.Length; index++)
        {
            if (!int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
            {
                return null;
            }
        }

        return new RunTally(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
