using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>Keys over many generations, their files, and what happens when those are lost.</summary>
public sealed class KeyGenerationTests : EngineTest
{
    private const int KeysMax = 20;

    private protected override SqliteStoreOptions Options => base.Options with { GenerationKeysMax = KeysMax };

    [Fact]
    public async Task Every_key_is_found_over_many_generations()
    {
        var posted = await PostManyAsync(0, 205);
        await SealedAsync(10);

        AssertFound(posted);
        Assert.Null(Found("fresh"));
        Assert.Equal(10, KeyFiles().Length);
        Assert.Equal(UnitVerdict.Duplicate, (await PostAsync("k3")).Verdict);
    }

    [Fact]
    public async Task They_are_found_again_after_a_restart()
    {
        var posted = await PostManyAsync(0, 205);
        await SealedAsync(10);

        await ReopenAsync();

        AssertFound(posted);
        AssertFound(await PostManyAsync(205, 20));
    }

    [Fact]
    public async Task Lost_files_are_made_again_from_the_entries()
    {
        var posted = await PostManyAsync(0, 100);
        await SealedAsync(5);
        await Store.DisposeAsync();
        foreach (var file in KeyFiles())
        {
            File.Delete(file);
        }

        await OpenAsync(Options);
        AssertFound(posted);
        await SealedAsync(10);

        AssertFound(posted);
        Assert.Equal(5, KeyFiles().Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(-1)]
    public async Task Damaged_files_are_made_again_from_the_entries(int at)
    {
        var posted = await PostManyAsync(0, 100);
        await SealedAsync(5);
        await Store.DisposeAsync();
        foreach (var file in KeyFiles())
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[at < 0 ? bytes.Length + at : at] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        await OpenAsync(Options);
        AssertFound(posted);
        await SealedAsync(10);
        await ReopenAsync();

        AssertFound(posted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task A_file_that_was_cut_is_made_again(int length)
    {
        var posted = await PostManyAsync(0, 20);
        await SealedAsync(1);
        await Store.DisposeAsync();
        await using (var file = new FileStream(KeyFiles()[0], FileMode.Open))
        {
            file.SetLength(length);
        }

        await OpenAsync(Options);

        AssertFound(posted);
    }

    [Fact]
    public async Task Files_that_nothing_records_are_removed_at_the_start()
    {
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(Folder.File("keys-77.idx"), "stray");
        await File.WriteAllTextAsync(Folder.File("keys-78.idx.new"), "unfinished");

        await OpenAsync(Options);

        Assert.DoesNotContain(Files(), name => name.StartsWith("keys-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(600)]
    public async Task A_row_that_comes_late_is_found_after_a_restart(int minutes)
    {
        var late = Enumerable.Range(0, 3).Select(i => NewEntry($"late{i}")).ToList();
        Time.Advance(TimeSpan.FromMinutes(minutes));
        await PostManyAsync(0, 2 * KeysMax);
        await SealedAsync(2);
        foreach (var entry in late)
        {
            Assert.Equal(UnitVerdict.Committed, (await PostAsync(entry)).Verdict);
        }

        await ReopenAsync();

        Assert.All(late, entry => Assert.Equal(entry.Id, Store.FindKey(entry.Key, Now)?.Id));
    }

    [Fact]
    public async Task A_row_that_comes_late_between_freezing_and_recording_is_found_after_a_restart()
    {
        var late = NewEntry("late");
        Time.Advance(TimeSpan.FromHours(1));
        await PostManyAsync(0, KeysMax - 1);
        await InOneBatchAsync(
            Sample.Keyed(NewEntry("last"), Now), Sample.Keyed(late, Now), Sample.Keyed(NewEntry("one more"), Now));
        await SealedAsync(1);

        await ReopenAsync();

        Assert.Equal(late.Id, Found("late"));
    }

    [Fact]
    public async Task A_key_that_was_used_again_after_it_expired_stands_for_the_newest_in_whatever_generation()
    {
        await PostAsync("again");
        await PostManyAsync(0, KeysMax);
        Time.Advance(TimeSpan.FromDays(2));
        var second = NewEntry("again");
        Assert.Equal(UnitVerdict.Committed, (await PostAsync(second)).Verdict);
        await PostManyAsync(100, KeysMax);
        await SealedAsync(2);

        Assert.Equal(second.Id, Found("again"));
        await ReopenAsync();
        Assert.Equal(second.Id, Found("again"));
    }

    [Fact]
    public async Task A_generation_is_dropped_when_all_its_keys_have_ended()
    {
        await PostManyAsync(0, 2 * KeysMax);
        await SealedAsync(2);
        Time.Advance(TimeSpan.FromHours(12));
        var living = await PostManyAsync(100, KeysMax);
        await SealedAsync(3);
        Time.Advance(TimeSpan.FromHours(13));

        await Store.PurgeAsync(new PurgeOrder { Now = Now }, CancellationToken.None);

        Assert.Equal(["keys-3.idx"], KeyFiles().Select(file => Path.GetFileName(file)));
        AssertFound(living);
        Assert.Null(Found("k0"));
        await ReopenAsync();
        AssertFound(living);
        Assert.Null(Found("k0"));
    }

    [Fact]
    public async Task When_all_were_dropped_the_next_start_goes_on_where_they_ended()
    {
        await PostManyAsync(0, 2 * KeysMax);
        await SealedAsync(2);
        Time.Advance(TimeSpan.FromDays(2));
        await Store.PurgeAsync(new PurgeOrder { Now = Now }, CancellationToken.None);
        Assert.Empty(KeyFiles());
        await ReopenAsync();

        var posted = await PostManyAsync(0, 2 * KeysMax);
        await SealedAsync(4);

        Assert.Equal(["keys-3.idx", "keys-4.idx"], KeyFiles().Select(file => Path.GetFileName(file)));
        AssertFound(posted);
        await ReopenAsync();
        AssertFound(posted);
    }

    [Fact]
    public async Task A_lost_file_does_not_bring_back_a_key_of_a_deleted_entry()
    {
        var posted = await PostManyAsync(0, KeysMax);
        await SealedAsync(1);
        await Store.CommitAsync(Sample.Unit(new DeleteEntry(posted["k5"], KeepKey: false)));
        await Store.DisposeAsync();
        File.Delete(KeyFiles()[0]);

        await OpenAsync(Options);

        Assert.Null(Found("k5"));
        Assert.Equal(posted["k6"], Found("k6"));
    }

    private async Task<Dictionary<string, EntryId>> PostManyAsync(int first, int count)
    {
        var posted = new Dictionary<string, EntryId>();
        for (var i = first; i < first + count; i++)
        {
            var entry = NewEntry($"k{i}");
            Assert.Equal(UnitVerdict.Committed, (await PostAsync(entry)).Verdict);
            posted.Add($"k{i}", entry.Id);
        }

        return posted;
    }

    private Task SealedAsync(int count) => Points.WhenAsync(StorePoints.GenerationSealed, count);

    private string[] KeyFiles() =>
        [.. Directory.EnumerateFiles(Folder.Path, "keys-*").Order(StringComparer.Ordinal)];

    private void AssertFound(Dictionary<string, EntryId> posted) =>
        Assert.All(posted, pair => Assert.Equal(pair.Value, Found(pair.Key)));
}
