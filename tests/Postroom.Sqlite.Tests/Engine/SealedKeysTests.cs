using Postroom.Sqlite.Keys;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>The table of keys in memory, its file, and its filter.</summary>
public sealed class SealedKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(7);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(KeyFile.RecordsOfBlock)]
    [InlineData(KeyFile.RecordsOfBlock + 1)]
    [InlineData(5000)]
    public void A_file_finds_the_keys_of_its_table_and_no_others(int count)
    {
        var table = new KeyTable();
        var keys = Enumerable.Range(1, count).ToDictionary(_ => Fresh(), row => (long)row);
        foreach (var (key, row) in keys)
        {
            table.Set(key, row);
        }

        using var file = Seal(table);

        Assert.All(keys, key => Assert.Equal(key.Value, file.Find(new KeyProbe(key.Key))));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(0, file.Find(new KeyProbe(Fresh()))));
    }

    [Fact]
    public void Keys_that_begin_alike_are_told_apart_over_the_bounds_of_blocks()
    {
        var table = new KeyTable();
        for (ulong i = 0; i < 1000; i++)
        {
            table.Set(new KeyHash(42, i * 3), (long)i + 1);
        }

        using var file = Seal(table);

        for (ulong i = 0; i < 1000; i++)
        {
            Assert.Equal((long)i + 1, file.Find(new KeyProbe(new KeyHash(42, i * 3))));
            Assert.Equal(0, file.Find(new KeyProbe(new KeyHash(42, (i * 3) + 1))));
        }
    }

    [Fact]
    public void A_table_keeps_the_last_row_and_can_be_undone()
    {
        var table = new KeyTable();
        var key = Fresh();

        Assert.Equal(0, table.Set(key, 10));
        Assert.Equal(10, table.Set(key, 5));
        Assert.Equal(5, table.Find(key));
        table.Set(key, 10);
        Assert.Equal(10, table.Find(key));
        table.Set(key, 0);
        Assert.Equal(0, table.Find(key));
        Assert.Empty(table.ToSortedArray());
        Assert.Equal(0, table.Set(key, 30));
        Assert.Equal(30, table.Find(key));
    }

    [Fact]
    public void A_table_is_sorted_as_a_whole()
    {
        var table = new KeyTable();
        for (var i = 0; i < 10_000; i++)
        {
            table.Set(Fresh(), i + 1);
        }

        var keys = table.ToSortedArray();

        Assert.Equal(10_000, keys.Length);
        Assert.Equal(keys.OrderBy(key => key.Key), keys);
    }

    [Fact]
    public void A_filter_forgets_no_key_and_lets_few_others_pass()
    {
        var filter = BlockedBloomFilter.For(20_000);
        var keys = Enumerable.Range(0, 20_000).Select(_ => Fresh()).ToList();
        keys.ForEach(filter.Add);

        Assert.All(keys, key => Assert.True(filter.MayHold(new KeyProbe(key))));
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => filter.MayHold(new KeyProbe(Fresh()))), 1, 200);
    }

    private SealedKeys Seal(KeyTable table)
    {
        var facts = new GenerationFacts(1, 1, 1, table.Count, 1);
        return SealedKeys.Open(_folder.Path, KeyFileWriter.Write(_folder.Path, new FrozenKeys(facts, table)));
    }

    private KeyHash Fresh()
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        _random.NextBytes(bytes);
        return KeyHash.Read(bytes);
    }
}
