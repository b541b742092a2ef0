using System.Globalization;
using System.Security.Cryptography;
using Postroom.Sqlite.Keys;
using Postroom.Storage;

namespace Postroom.Store.Bench;

/// <summary>Looks fresh and known keys up in an index with sealed generations, by processor time.</summary>
internal static class KeyBench
{
    private const int Lookups = 2_000_000;

    public static void Run(int generations, int keys)
    {
        var folder = Directory.CreateTempSubdirectory("postroom-bench-");
        var known = new List<KeyHash>();
        var sealedKeys = new List<KeyGeneration>();
        for (var number = 1; number <= generations; number++)
        {
            var table = new KeyTable();
            for (var i = 0; i < keys; i++)
            {
                var key = Fresh();
                table.Set(key, (number * (long)keys) + i + 1);
                if (i % 1000 == 0)
                {
                    known.Add(key);
                }
            }

            var facts = new GenerationFacts(number, 1, long.MaxValue, keys, long.MaxValue);
            var written = KeyFileWriter.Write(folder.FullName, new FrozenKeys(facts, table));
            sealedKeys.Insert(0, SealedKeys.Open(folder.FullName, written));
        }

        using (var index = new KeyIndex(int.MaxValue, _ => throw new InvalidOperationException("A file is damaged.")))
        {
            index.Begin(sealedKeys, generations, 0, null);
            var fresh = Enumerable.Range(0, 100_000).Select(_ => Fresh()).ToArray();
            Measure("fresh", index, fresh, generations, keys);
            Measure("known", index, [.. known], generations, keys);
        }

        folder.Delete(recursive: true);
    }

    private static void Measure(string name, KeyIndex index, KeyHash[] keys, int generations, int each)
    {
        var found = 0;
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Lookups; i++)
        {
            found += index.Find(keys[i % keys.Length]) == 0 ? 0 : 1;
        }

        var used = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} keys over {generations} generations of {each}: {used.TotalNanoseconds / Lookups:0} ns each, "
                + $"{100.0 * found / Lookups:0} % found"));
    }

    private static KeyHash Fresh()
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        RandomNumberGenerator.Fill(bytes);
        return KeyHash.Read(bytes);
    }
}
