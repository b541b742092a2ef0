using System.Globalization;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Server.Commands;
using Postroom.Sqlite.Backups;
using Postroom.Sqlite.Verifying;

namespace Postroom.Server.Verifying;

/// <summary>Checks a data folder and says what was found, for a person or as JSON.</summary>
internal sealed class VerifyRun(
    string data, bool deep, bool asJson, TimeProvider time, BucketDeclaration? bucket = null)
{
    public int Run()
    {
        var store = new StoreVerification(data, deep, time) { FilesAreElsewhere = bucket is not null }.Run();
        if (asJson)
        {
            var report = new VerifyReport(data, store.Findings.Count == 0, store.Entries, store.Files, store.Findings);
            Console.Out.WriteLine(JsonSerializer.Serialize(report, VerifyJson.Default.VerifyReport));
        }
        else
        {
            Write(Console.Out, store);
        }

        return store.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private void Write(TextWriter output, VerifiedStore store)
    {
        foreach (var entries in store.Entries)
        {
            output.WriteLine(Line(entries));
        }

        var where = bucket is null ? "" : $", in the bucket {bucket}, which was not looked at";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"uploaded files: {store.Files}{where}"));
        foreach (var finding in store.Findings)
        {
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{finding.Code} ({finding.Count}): {finding.What}"));
            foreach (var place in finding.Where)
            {
                output.WriteLine($"  {place}");
            }

            output.WriteLine($"  What to do: {finding.Advice}");
        }

        output.WriteLine();
        output.WriteLine(store.Findings.Count == 0
            ? $"{data} is fine."
            : string.Create(CultureInfo.InvariantCulture, $"{data}: {store.Findings.Count} kinds of findings."));
    }

    private static string Line(EntriesOf entries) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entries.Endpoint}: {entries.Stored} stored, {entries.Held} held, {entries.Refused} refused, "
        + $"{entries.Running} running");
}
