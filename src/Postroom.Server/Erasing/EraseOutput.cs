using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Postroom.Server.Erasing;

/// <summary>Says what was erased, for a person or as JSON.</summary>
internal sealed class EraseOutput(string value, ReadOnlyMemory<byte> secret, bool asJson, TimeProvider time)
{
    /// <summary>Shows what would go, and asks; true for a yes.</summary>
    public static bool Ask(IReadOnlyList<FoundEntry> found)
    {
        foreach (var entry in found)
        {
            Console.Error.WriteLine(Line(entry.Shown));
        }

        Console.Error.Write("Erase all of these for ever? Type yes: ");
        return Console.In.ReadLine()?.Trim() == "yes";
    }

    /// <summary>Says what a running server cannot do.</summary>
    public static void SayWhatIsLeft(bool isLogEmpty)
    {
        if (!isLogEmpty)
        {
            Console.Error.WriteLine(
                "The log could not be emptied, because something reads the store (a backup?): what was erased "
                + "stands in it until it is written over. Run this command again when that has ended.");
        }

        Console.Error.WriteLine(
            "The rows were overwritten where they stood. To be sure that no earlier copy is left in free space of the "
            + "database, run this command once with the server stopped: it writes the database anew.");
    }

    public void Write(
        IReadOnlyList<FoundEntry> found, IReadOnlyList<NotSearched> notSearched, bool erased, bool rewritten)
    {
        var digest = HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes(value));
        var report = new EraseReport(
            Convert.ToHexStringLower(digest), time.GetUtcNow(), erased, rewritten,
            [.. found.Select(entry => entry.Shown)], notSearched);
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, EraseJson.Default.EraseReport));
        }
        else
        {
            WriteText(Console.Out, report);
        }

        if (erased)
        {
            Console.Error.WriteLine("Backups made before still hold them: delete those when their time is over.");
        }
    }

    private static string Line(ErasedEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Id} {entry.Endpoint} {entry.State}, {entry.Files} files, by {entry.By}");

    private static void WriteText(TextWriter output, EraseReport report)
    {
        foreach (var entry in report.Entries)
        {
            output.WriteLine(Line(entry));
        }

        foreach (var endpoint in report.Entries.CountBy(entry => entry.Endpoint))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{endpoint.Key}: {endpoint.Value} entries"));
        }

        foreach (var (endpoint, entries) in report.NotSearched)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Not searched: {entries} entries of {endpoint}. Declare its `person` fields to have them found."));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.Erased ? "Erased" : "Would be erased")}: {report.Entries.Count} entries "
            + $"of person {report.Person}"));
    }
}
