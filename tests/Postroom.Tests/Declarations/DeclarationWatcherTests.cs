using System.Threading.Channels;
using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

public sealed class DeclarationWatcherTests : IDisposable
{
    private const string First = "endpoints: {/first: {kind: form}}";
    private const string Second = "endpoints: {/second: {kind: form}}";

    private static readonly DeclarationContext Bare = new() { Environment = _ => null };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualFolderWatch _watch = new();
    private readonly WatchTime _time = new();
    private readonly List<DeclarationResult> _results = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_file_is_loaded_once_nothing_moves_any_more()
    {
        using var watcher = Started(First);

        _folder.File("postroom.yaml", Second);
        _watch.Touch();
        _time.Pass(DeclarationWatcher.Quiet / 2);
        _watch.Touch();
        _time.Pass(DeclarationWatcher.Quiet / 2);
        Assert.Empty(_results);
        _time.Pass(DeclarationWatcher.Quiet / 2);

        Assert.Equal("/second", Assert.Single(_results).Declaration!.Endpoints[0].Path);
    }

    [Fact]
    public void A_touch_without_another_content_loads_nothing()
    {
        using var watcher = Started(First);

        _folder.File("postroom.yaml", First);
        Settle();

        Assert.Empty(_results);
    }

    [Fact]
    public void A_faulty_change_is_told_and_its_correction_too()
    {
        using var watcher = Started(First);

        _folder.File("postroom.yaml", "endpoint: {}");
        Settle();
        _folder.File("postroom.yaml", First);
        Settle();

        Assert.Equal([false, true], _results.Select(result => result.Succeeded));
        Assert.Contains("Did you mean `endpoints`?", _results[0].Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_editor_that_renames_leaves_a_moment_without_the_file()
    {
        using var watcher = Started(First);

        File.Delete(Path.Combine(_folder.Path, "postroom.yaml"));
        _watch.Touch();
        _folder.File("postroom.yaml", Second);
        Settle();

        Assert.True(Assert.Single(_results).Succeeded);
    }

    [Fact]
    public void A_schema_file_is_watched_and_one_that_is_named_later_too()
    {
        _folder.File("a/one.json", "{}");
        _folder.File("b/two.json", "{}");
        using var watcher = Started("endpoints: {/f: {kind: form, schema: a/one.json}}");
        Assert.Equal([_folder.Path, Path.Combine(_folder.Path, "a")], _watch.Folders);

        _folder.File("a/one.json", """{"type": "object"}""");
        Settle();
        _folder.File("postroom.yaml", "endpoints: {/f: {kind: form, schema: b/two.json}}");
        Settle();
        Assert.Equal([_folder.Path, Path.Combine(_folder.Path, "b")], _watch.Folders);
        _folder.File("b/two.json", """{"type": "array"}""");
        Settle();

        Assert.Equal([true, true, false], _results.Select(result => result.Succeeded));
    }

    [Fact]
    public void A_file_to_which_a_schema_refers_is_watched()
    {
        _folder.File("order.json", """{"type": "object", "properties": {"a": {"$ref": "parts/a.json"}}}""");
        _folder.File("parts/a.json", """{"$ref": "deeper/b.json"}""");
        using var watcher = Started("endpoints: {/f: {kind: form, schema: order.json}}", succeeds: false);
        var deeper = Path.Combine(_folder.Path, "parts", "deeper");
        Assert.Equal([_folder.Path, Path.Combine(_folder.Path, "parts"), deeper], _watch.Folders);

        _folder.File("parts/deeper/b.json", "true");
        Settle();
        _folder.File("parts/deeper/b.json", "{");
        Settle();
        _folder.File("parts/deeper/b.json", "false");
        Settle();

        Assert.Equal([true, false, true], _results.Select(result => result.Succeeded));
        Assert.Equal(Path.Combine(deeper, "b.json"), Assert.Single(_results[1].Faults).File);
    }

    [Fact]
    public void A_schema_file_that_was_missing_is_seen_when_it_comes()
    {
        using var watcher = Started("endpoints: {/f: {kind: form, schema: later.json}}", succeeds: false);

        _folder.File("later.json", "{}");
        Settle();

        Assert.True(Assert.Single(_results).Succeeded);
    }

    [Fact]
    public void A_folder_that_was_missing_mends_the_fault_when_it_comes()
    {
        using var watcher = Started("site: site\n" + First, succeeds: false);

        Settle();
        Assert.Empty(_results);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "site"));
        Settle();

        Assert.True(Assert.Single(_results).Succeeded);
    }

    [Fact]
    public void Nothing_is_told_after_the_end()
    {
        var watcher = Started(First);
        _folder.File("postroom.yaml", Second);
        _watch.Touch();

        watcher.Dispose();
        _time.Pass(DeclarationWatcher.Quiet);

        Assert.Empty(_results);
    }

    [Fact]
    public async Task The_file_system_tells_of_a_renamed_file()
    {
        var touches = Channel.CreateUnbounded<bool>();
        var watch = new FileSystemFolderWatch(TimeProvider.System);
        using (watch.Watch([_folder.Path], () => touches.Writer.TryWrite(true)))
        {
            File.Move(_folder.File("new.yaml", Second), Path.Combine(_folder.Path, "postroom.yaml"));

            Assert.True(await touches.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void A_folder_that_is_missing_is_looked_at_again_and_again()
    {
        var touches = 0;
        using (new FileSystemFolderWatch(_time).Watch([Path.Combine(_folder.Path, "missing")], () => touches++))
        {
            _time.Pass(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1, touches);
    }

    private DeclarationWatcher Started(string declaration, bool succeeds = true)
    {
        _folder.File("postroom.yaml", declaration);
        var watcher = new DeclarationWatcher(_folder.Path, Bare, _watch, _time, _results.Add);
        Assert.Equal(succeeds, watcher.Start().Succeeded);
        return watcher;
    }

    private void Settle()
    {
        _watch.Touch();
        _time.Pass(DeclarationWatcher.Quiet);
    }
}
