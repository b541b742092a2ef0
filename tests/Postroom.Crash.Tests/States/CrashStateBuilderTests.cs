using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

public sealed class CrashStateBuilderTests
{
    private readonly DiskScript _script = new();

    [Fact]
    public void A_write_is_certain_only_after_an_fsync_that_began_after_it_came_back()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Sync(root);
        _script.Write(file, 0, [1]);
        var late = _script.BeginWrite(file, 1, [2]);
        var sync = _script.BeginSync(file);
        _script.End(late, 1);
        var inside = _script.Now;
        _script.End(sync);
        Assert.Equal([], Build(inside, PowerLossKind.OnlySynced).Files["a"].ToArray());
        Assert.Equal([1], Build(_script.Now, PowerLossKind.OnlySynced).Files["a"].ToArray());
        Assert.Equal([1, 2], Build(_script.Now, PowerLossKind.EverythingArrived).Files["a"].ToArray());
    }

    [Fact]
    public void A_new_name_is_certain_only_after_an_fsync_of_its_folder()
    {
        var file = _script.Open("a");
        _script.Write(file, 0, [1]);
        _script.Sync(file);
        var before = _script.Now;
        _script.Sync(_script.Open(""));
        Assert.Empty(Build(before, PowerLossKind.OnlySynced).Files);
        Assert.Equal([1], Build(before, PowerLossKind.NamesSurvive).Files["a"].ToArray());
        Assert.Equal([1], Build(_script.Now, PowerLossKind.OnlySynced).Files["a"].ToArray());
    }

    [Fact]
    public void A_file_in_a_folder_whose_own_name_was_never_synced_may_be_gone_with_it()
    {
        _script.MakeFolder("data");
        var file = _script.Open("data/a");
        _script.Write(file, 0, [1]);
        _script.Sync(file);
        _script.Sync(_script.Open("data"));
        var before = _script.Now;
        _script.Sync(_script.Open(""));
        Assert.Empty(Build(before, PowerLossKind.OnlySynced).Files);
        Assert.Equal([1], Build(_script.Now, PowerLossKind.OnlySynced).Files["data/a"].ToArray());
    }

    [Fact]
    public void A_rename_is_there_whole_or_not_at_all()
    {
        var root = _script.Open("");
        _script.Sync(_script.Open("a"));
        _script.Sync(root);
        _script.Rename("a", "b");
        Assert.Equal(["a"], Build(_script.Now, PowerLossKind.OnlySynced).Files.Keys);
        var seen = States(PowerLossKind.RandomSubset).Select(image => string.Join(',', image.Files.Keys)).Distinct();
        Assert.Equal(["a", "b"], seen.Order());
    }

    [Fact]
    public void A_deleted_file_may_come_back()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Write(file, 0, [1]);
        _script.Sync(file);
        _script.Sync(root);
        _script.Unlink("a");
        Assert.Equal([1], Build(_script.Now, PowerLossKind.OnlySynced).Files["a"].ToArray());
        Assert.Empty(Build(_script.Now, PowerLossKind.EverythingArrived).Files);
    }

    [Fact]
    public void Neither_a_dropped_fsync_nor_one_that_failed_nor_the_next_one_makes_anything_certain()
    {
        var root = _script.Open("");
        var dropped = _script.Open("dropped");
        var failed = _script.Open("failed");
        _script.Sync(root);
        _script.Write(dropped, 0, [1]);
        _script.Sync(dropped, DiskMarks.Dropped);
        _script.Write(failed, 0, [1]);
        _script.Sync(failed, fails: true);
        _script.Sync(failed);
        var image = Build(_script.Now, PowerLossKind.OnlySynced);
        Assert.Equal([], image.Files["dropped"].ToArray());
        Assert.Equal([], image.Files["failed"].ToArray());
    }

    [Fact]
    public void A_failed_fsync_of_a_folder_is_made_good_by_the_next_one()
    {
        var root = _script.Open("");
        _script.Sync(_script.Open("a"));
        _script.Sync(root, fails: true);
        Assert.Empty(Build(_script.Now, PowerLossKind.OnlySynced).Files);
        _script.Sync(root);
        Assert.Single(Build(_script.Now, PowerLossKind.OnlySynced).Files);
    }

    [Fact]
    public void Unsynced_blocks_come_through_in_every_combination_and_synced_ones_always()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Write(file, 0, Bytes(12_288, 1));
        _script.Sync(file);
        _script.Sync(root);
        _script.Write(file, 4_096, Bytes(8_192, 2));
        var seen = States(PowerLossKind.RandomSubset).Select(image => image.Files["a"])
            .Select(bytes => $"{bytes.Span[0]}{bytes.Span[4_096]}{bytes.Span[8_192]}").Distinct().Order();
        Assert.Equal(["111", "112", "121", "122"], seen);
    }

    [Fact]
    public void A_truncation_that_was_not_synced_may_be_undone_under_later_writes()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Write(file, 0, Bytes(8_192, 1));
        _script.Sync(file);
        _script.Sync(root);
        _script.Truncate(file, 0);
        _script.Write(file, 0, Bytes(4_096, 2));
        var seen = States(PowerLossKind.RandomSubset).Select(image => image.Files["a"])
            .Select(bytes => $"{bytes.Length}:{(bytes.Length > 0 ? bytes.Span[0] : 9)}").Distinct().ToList();
        Assert.Superset(new HashSet<string> { "8192:1", "8192:2", "4096:2", "0:9" }, seen.ToHashSet());
    }

    [Fact]
    public void A_torn_write_ends_at_a_sector_and_nothing_after_it_came_through()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Sync(root);
        _script.Write(file, 0, Bytes(100, 1));
        _script.Write(file, 100, Bytes(4_000, 2));
        var lengths = States(PowerLossKind.TornLast).Select(image => image.Files["a"].Length).Distinct().ToList();
        Assert.Contains(1_024, lengths);
        Assert.All(lengths, length => Assert.True(length is 0 or 100 || length % 512 == 0, $"{length}"));
    }

    [Fact]
    public void A_write_through_a_synchronous_descriptor_is_certain_when_it_came_back()
    {
        var root = _script.Open("");
        var file = _script.Open("a");
        _script.Sync(root);
        var write = _script.BeginWrite(file, 0, [1]);
        write.Marks |= DiskMarks.WriteThrough;
        Assert.Equal([], Build(_script.Now, PowerLossKind.OnlySynced).Files["a"].ToArray());
        _script.End(write, 1);
        Assert.Equal([1], Build(_script.Now, PowerLossKind.OnlySynced).Files["a"].ToArray());
    }

    [Fact]
    public void The_same_seed_gives_the_same_state()
    {
        var file = _script.Open("a");
        for (var number = 0; number < 50; number++)
        {
            _script.Write(file, number * 1_000, Bytes(5_000, (byte)number));
        }

        var one = Build(_script.Now, PowerLossKind.RandomSubset, 7).Files["a"];
        var other = Build(_script.Now, PowerLossKind.RandomSubset, 7).Files["a"];
        Assert.True(one.Span.SequenceEqual(other.Span));
    }

    private DiskImage Build(int point, PowerLossKind kind, int seed = 0) =>
        new CrashStateBuilder(_script.History()).Build(point, kind, seed);

    private IEnumerable<DiskImage> States(PowerLossKind kind) =>
        Enumerable.Range(0, 200).Select(seed => Build(_script.Now, kind, seed));

    private static byte[] Bytes(int length, byte value) => Enumerable.Repeat(value, length).ToArray();
}
