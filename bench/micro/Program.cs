using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postroom.Bench.Micro;
using Postroom.JsonSchema;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Rounds = 15;
Console.WriteLine("| document | bytes | reader walk | schema walk | ratio | bytes allocated |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (Sample sample in new[] { Sample.Contact, Sample.Order })
{
    CompiledSchema schema = CompiledSchema.Compile(Encoding.UTF8.GetBytes(sample.Schema)).Schema!;
    var faults = new SchemaFaults();
    byte[] document = sample.Document;
    int repeats = 40_000_000 / document.Length / 10;
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
    Console.Write($"| {sample.Name} | {document.Length} | {readerTime:F0} ns | {walkTime:F0} ns ");
    Console.WriteLine($"| {walkTime / readerTime:F2} | {allocated / repeats} |");
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
    long start = Stopwatch.GetTimestamp();
    for (int repeat = 0; repeat < repeats; repeat++)
    {
        if (!work())
        {
            throw new InvalidOperationException("the document was refused");
        }
    }

    return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats;
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
