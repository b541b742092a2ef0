using System.Globalization;
using System.Text;
using System.Text.Json;
using Postroom.Bench.Micro;
using Postroom.JsonSchema;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Rounds = 31;
Console.Write("| document | bytes | reader walk | schema walk ");
Console.WriteLine("| ratio | ratio of the fastest rounds | bytes allocated |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (Sample sample in new[] { Sample.Contact, Sample.Order })
{
    CompiledSchema schema = CompiledSchema.Compile(
        Encoding.UTF8.GetBytes(sample.Schema), SchemaOptions.AssertingFormats).Schema!;
    var faults = new SchemaFaults();
    byte[] document = sample.Document;
    int repeats = 20_000_000 / document.Length;
    var reader = new List<double>();
    var walk = new List<double>();
    long allocated = 0;
    for (int round = 0; round < Rounds; round++)
    {
        // Interleaved, so that a neighbour on the machine slows both alike.
        reader.Add(Time(() => WalkReader(document), repeats));
        long before = GC.GetAllocatedBytesForCurrentThread();
        walk.Add(Time(() => schema.Walk(document, faults) == JsonVerdict.Valid, repeats));
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    double readerTime = Median(reader), walkTime = Median(walk);
    string ratios = $"{walkTime / readerTime:F2} | {walk.Min() / reader.Min():F2}";
    Console.Write($"| {sample.Name} | {document.Length} | {readerTime:F0} ns | {walkTime:F0} ns ");
    Console.WriteLine($"| {ratios} | {allocated / repeats} |");
}

static bool WalkReader(byte[] document)
{
    var reader = new Utf8JsonReader(document);
    while (reader.Read())
    {
    }

    return reader.BytesConsumed > 0;
}

static double Time(Func<bool> work, int repeats)
{
    // Processor time, not the clock's: other work on the machine stops the clock for neither.
    TimeSpan start = Environment.CpuUsage.TotalTime;
    for (int repeat = 0; repeat < repeats; repeat++)
    {
        if (!work())
        {
            throw new InvalidOperationException("the document was refused");
        }
    }

    return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / repeats;
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
