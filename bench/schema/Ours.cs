using System.Text;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Bench.Schema;

/// <summary>What runs in this process.</summary>
internal static class Ours
{
    private static readonly Dictionary<Contest, (CompiledSchema Schema, NJsonSchema.JsonSchema Other, byte[] Text)> Kept =
        new(ReferenceEqualityComparer.Instance);

    private static readonly Lazy<SchemaFaults> FaultsKept = new(() => new SchemaFaults());

    public static Contestant Reader { get; } = Local("`Utf8JsonReader` alone", contest => Read(Of(contest).Text));

    public static Contestant Walk { get; } = Local("Postroom.JsonSchema: parse + validate", contest =>
    {
        (CompiledSchema schema, _, byte[] text) = Of(contest);
        return schema.Walk(text, Faults) == JsonVerdict.Valid == contest.IsValid;
    });

    public static Contestant NJson { get; } = Local("NJsonSchema: parse + validate", contest =>
        Of(contest).Other.Validate(contest.Document).Count == 0 == contest.IsValid);

    public static Contestant Compile { get; } = Local("Postroom.JsonSchema", contest =>
        CompiledSchema.Compile(Encoding.UTF8.GetBytes(contest.Schema), SchemaOptions.AssertingFormats).Succeeded);

    public static Contestant NJsonCompile { get; } = Local("NJsonSchema", contest =>
        NJsonSchema.JsonSchema.FromJsonAsync(contest.Schema).GetAwaiter().GetResult() is not null);

    private static SchemaFaults Faults => FaultsKept.Value;

    private static (CompiledSchema Schema, NJsonSchema.JsonSchema Other, byte[] Text) Of(Contest contest)
    {
        if (!Kept.TryGetValue(contest, out (CompiledSchema, NJsonSchema.JsonSchema, byte[]) kept))
        {
            kept = (
                CompiledSchema.Compile(Encoding.UTF8.GetBytes(contest.Schema), SchemaOptions.AssertingFormats).Schema!,
                NJsonSchema.JsonSchema.FromJsonAsync(contest.Schema).GetAwaiter().GetResult(),
                Encoding.UTF8.GetBytes(contest.Document));
            Kept.Add(contest, kept);
        }

        return kept;
    }

    private static Contestant Local(string name, Func<Contest, bool> work) => new(name, (contest, repeats) =>
    {
        // Processor time, not the clock's: other work on the machine stops the clock for neither.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        bool right = true;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            right &= work(contest);
        }

        double time = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / repeats;
        return right ? time : -1;
    })
    {
        Allocates = (contest, repeats) =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                work(contest);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / repeats;
        },
    };

    private static bool Read(byte[] document)
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed > 0;
    }
}
