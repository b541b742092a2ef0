using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Postroom.Server.Backups;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>backup</c> beside a running server and without one, and <c>restore</c> of what it made.</summary>
public sealed class BackupTests
{
    private const string Declaration = """
        endpoints:
          /api/contact: {kind: form}
          /api/numbers: {kind: form}
        """;

    [Fact]
    public async Task All_that_was_acknowledged_before_is_in_it_and_nobody_waits_for_it()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path, "--log", "off");
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var posting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await PostAsync(server, Name(acknowledged));
                Interlocked.Increment(ref acknowledged);
            }
        });
        await UntilAsync(() => Volatile.Read(ref acknowledged) >= 50);
        var before = Volatile.Read(ref acknowledged);
        var backup = await BackUpAsync(folder);
        var after = Volatile.Read(ref acknowledged);
        await stop.CancelAsync();
        await posting;
        Assert.True(after > before, "Nothing was acknowledged while the backup ran.");

        await RestoreAsync(backup, folder["restored"]);
        var names = await NamesAsync(folder["restored"]);
        Assert.Equal(Enumerable.Range(0, names.Count).Select(Name), names);
        Assert.InRange(names.Count, before, acknowledged);
    }

    [Fact]
    public async Task A_restored_store_answers_a_kept_key_as_before()
    {
        using var folder = TestFolder.With(Declaration);
        string first;
        string backup;
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            using var answer = await server.PostJsonAsync("/api/contact", """{"name":"Ada"}""", "a-key-of-16-letters");
            first = await answer.Content.ReadAsStringAsync();
            backup = await BackUpAsync(folder);
        }

        await RestoreAsync(backup, folder["restored"]);
        await using var restored = await RunningServer.StartAsync(folder.Path, "--data", folder["restored"]);
        using var again = await restored.PostJsonAsync("/api/contact", """{"name":"Ada"}""", "a-key-of-16-letters");
        Assert.Equal(first, await again.Content.ReadAsStringAsync());
        Assert.Equal("replayed", again.Headers.GetValues("Idempotency-Status").Single());
        Assert.Single(await NamesAsync(folder["restored"]));
    }

    [Fact]
    public async Task The_manifest_names_what_is_there_and_how_much()
    {
        using var folder = await StoppedAsync();
        PlantedUpload.Add(folder.Data, "first file");
        folder.Write("data/files/ab/0199c0de-0000-7000-8000-0000000001ab", "left over from a crash: no entry names it");
        var backup = await BackUpAsync(folder);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(backup, "manifest.json"), TestContext.Current.CancellationToken));
        Assert.Equal(1, manifest.RootElement.GetProperty("format").GetInt32());
        var count = Assert.Single(manifest.RootElement.GetProperty("entries").EnumerateArray());
        Assert.Equal(("/api/contact", 2), (count.GetProperty("endpoint").GetString(), count.GetProperty("stored").GetInt32()));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray()
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("bytes").GetInt64());
        Assert.Equal([PlantedUpload.Name, "postroom.db"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(10, files[PlantedUpload.Name]);
        Assert.Equal(["files", "manifest.json", "postroom.db"],
            Directory.EnumerateFileSystemEntries(backup).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await RestoreAsync(backup, folder["restored"]);
        Assert.Equal("first file", await File.ReadAllTextAsync(folder["restored/" + PlantedUpload.Name], TestContext.Current.CancellationToken));
        Assert.False(File.Exists(folder["restored/manifest.json"]));
    }

    [Fact]
    public async Task A_backup_is_found_by_data_folder_declaration_or_option()
    {
        using var folder = await StoppedAsync();
        string[][] lines = [[folder.Data], [folder.Path], [folder["postroom.yaml"]], [".", "--data", folder.Data]];
        foreach (var (index, line) in lines.Index())
        {
            var to = folder[index.ToString(CultureInfo.InvariantCulture)];
            var made = await PostroomProgram.RunAsync(["backup", .. line, "--to", to]);
            Assert.Equal(0, made.ExitCode);
            Assert.Contains("Complete and checked: 2 entries, 0 uploaded files,", made.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_place_inside_the_data_folder_is_refused()
    {
        using var folder = await StoppedAsync();
        var made = await PostroomProgram.RunAsync("backup", folder.Data, "--to", folder["data/backups"]);
        made.AssertFailed(
            $"{folder["data/backups"]} is inside the data folder {folder.Data}. Put backups elsewhere, best on another disk.");
        Assert.False(Directory.Exists(folder["data/backups"]));
    }

    [Fact]
    public async Task Without_a_store_it_says_so_and_leaves_nothing()
    {
        using var folder = TestFolder.With(Declaration);
        var made = await PostroomProgram.RunAsync("backup", folder.Path, "--to", folder["backups"]);
        made.AssertFailed($"There is no store in {folder.Data}.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["backups"]));
    }

    [Fact]
    public async Task A_damaged_database_is_no_backup()
    {
        using var folder = await StoppedAsync();
        await using (var file = File.OpenWrite(Path.Combine(folder.Data, "postroom.db")))
        {
            file.Position = 8192 * 2;
            await file.WriteAsync(new byte[8192 * 4]);
        }

        var made = await PostroomProgram.RunAsync("backup", folder.Path, "--to", folder["backups"]);
        Assert.Equal(1, made.ExitCode);
        Assert.Contains("is damaged", made.Error, StringComparison.Ordinal);
        made.AssertNoStackTrace();
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["backups"]));
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_leaves_nothing_that_looks_like_a_backup()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by a shell.");
        using var folder = await StoppedAsync();
        var made = await PostroomProgram.RunAsync(new ProgramStart(
            "/bin/bash", "-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"", PostroomProgram.Path,
            "backup", folder.Path, "--to", folder["backups"])
        {
            // Else the runtime itself needs a large file for the code that it compiles.
            Variables = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" },
        });
        Assert.Equal(1, made.ExitCode);
        Assert.Contains("Nothing was left behind.", made.Error, StringComparison.Ordinal);
        made.AssertNoStackTrace();
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["backups"]));
    }

    /// <summary>What a kill leaves has the name of no backup, whatever it holds; the next backup removes it.</summary>
    [Fact]
    public async Task What_a_killed_backup_left_is_never_restored_and_goes_with_the_next()
    {
        using var folder = await StoppedAsync();
        using (var process = Process.Start(new ProgramStart(
            PostroomProgram.Path, "backup", folder.Path, "--to", folder["backups"]).Info())!)
        {
            await UntilAsync(() => Directory.Exists(folder["backups"])
                && Directory.EnumerateDirectories(folder["backups"]).Any());
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var left in Directory.EnumerateDirectories(folder["backups"], "*.partial"))
        {
            var restored = await PostroomProgram.RunAsync("restore", left, "--data", folder["restored"]);
            Assert.Equal(1, restored.ExitCode);
            Assert.Contains("is no complete backup", restored.Error, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(folder["backups/postroom-backup-20000101T000000Z.partial"]);
        await BackUpAsync(folder);
        Assert.Empty(Directory.EnumerateDirectories(folder["backups"], "*.partial"));
    }

    [Fact]
    public async Task Older_backups_than_those_to_keep_go_when_the_new_one_is_there()
    {
        using var folder = await StoppedAsync();
        var first = await BackUpAsync(folder);
        foreach (var year in (string[])["2001", "2002"])
        {
            Copy(first, folder[$"backups/postroom-backup-{year}0101T000000Z"]);
        }

        folder.Write("backups/mine.txt", "not a backup");
        await UntilAsync(() => !first.EndsWith(BackupNames.Of(TimeProvider.System.GetUtcNow()), StringComparison.Ordinal));
        var newest = await BackUpAsync(folder, "--keep", "2");
        Assert.Equal([first, newest], Directory.EnumerateDirectories(folder["backups"]).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(folder["backups/mine.txt"]));
    }

    [Fact]
    public async Task A_data_folder_in_use_or_with_something_in_it_is_left_alone()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, "Ada");
        var backup = await BackUpAsync(folder);
        var restored = await PostroomProgram.RunAsync("restore", backup, "--data", folder.Data);
        restored.AssertFailed(
            $"{folder.Data} is not empty. Nothing was overwritten. Stop the server, move the folder away "
            + $"(`mv {folder.Data} {folder.Data}.old`), and restore again.");
        Assert.Single(await NamesAsync(folder.Data));
        Assert.False(Directory.Exists(folder["data.restoring"]));
    }

    [Theory]
    [InlineData("postroom.db")]
    [InlineData(PlantedUpload.Name)]
    [InlineData("manifest.json")]
    public async Task A_backup_that_was_changed_is_not_restored(string changed)
    {
        using var folder = await StoppedAsync();
        PlantedUpload.Add(folder.Data, "first file");
        var backup = await BackUpAsync(folder);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(backup, changed), TestContext.Current.CancellationToken);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(backup, changed), bytes, TestContext.Current.CancellationToken);
        await AssertNotRestoredAsync(folder, backup, "damaged");
    }

    [Fact]
    public async Task A_backup_without_one_of_its_files_is_not_restored()
    {
        using var folder = await StoppedAsync();
        var backup = await BackUpAsync(folder);
        File.Delete(Path.Combine(backup, "postroom.db"));
        await AssertNotRestoredAsync(folder, backup, "postroom.db of the backup is missing");
    }

    [Theory]
    [InlineData("\"stored\": 2", "\"stored\": 3", "does not hold the entries that the manifest counts")]
    [InlineData("\"format\": 1", "\"format\": 2", "whose backups this version cannot read")]
    [InlineData("\"path\": \"postroom.db\"", "\"path\": \"../postroom.yaml\"", "names a file outside of the backup")]
    [InlineData("\"files\"", "\"filed\"", "is damaged")]
    public async Task A_manifest_that_does_not_fit_is_refused(string text, string other, string message)
    {
        using var folder = await StoppedAsync();
        var backup = await BackUpAsync(folder);
        var path = Path.Combine(backup, "manifest.json");
        var manifest = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(text, manifest, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, manifest.Replace(text, other, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await AssertNotRestoredAsync(folder, backup, message);
    }

    [Fact]
    public async Task What_is_no_backup_is_named()
    {
        using var folder = await StoppedAsync();
        await AssertNotRestoredAsync(folder, folder["site"], "is no complete backup");
    }

    /// <summary>A kill in the middle leaves another name than the data folder's; the next restore begins anew.</summary>
    [Fact]
    public async Task What_a_killed_restore_left_is_in_nobodys_way()
    {
        using var folder = await StoppedAsync();
        var backup = await BackUpAsync(folder);
        Directory.CreateDirectory(folder["restored.restoring"]);
        folder.Write("restored.restoring/postroom.db", "half");
        await RestoreAsync(backup, folder["restored"]);
        Assert.Equal(2, (await NamesAsync(folder["restored"])).Count);
        Assert.False(Directory.Exists(folder["restored.restoring"]));
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"person {number}");

    private static async Task<TestFolder> StoppedAsync()
    {
        var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, Name(0));
        await PostAsync(server, Name(1));
        Assert.Equal(0, await server.StopAsync());
        return folder;
    }

    private static async Task PostAsync(RunningServer server, string name)
    {
        using var answer = await server.PostJsonAsync("/api/contact", $$"""{"name":"{{name}}"}""");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> BackUpAsync(TestFolder folder, params string[] options)
    {
        var made = await PostroomProgram.RunAsync(["backup", folder.Path, "--to", folder["backups"], .. options]);
        Assert.True(made.ExitCode == 0, made.Error);
        return made.Output.TrimEnd();
    }

    private static async Task RestoreAsync(string backup, string data)
    {
        var restored = await PostroomProgram.RunAsync("restore", backup, "--data", data);
        Assert.True(restored.ExitCode == 0, restored.Error);
    }

    private static async Task AssertNotRestoredAsync(TestFolder folder, string backup, string message)
    {
        var restored = await PostroomProgram.RunAsync("restore", backup, "--data", folder["restored"]);
        Assert.Equal(1, restored.ExitCode);
        Assert.Contains(message, restored.Error, StringComparison.Ordinal);
        restored.AssertNoStackTrace();
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "restored*"));
    }

    private static async Task<List<string>> NamesAsync(string data)
    {
        var export = await PostroomProgram.RunAsync("export", "/api/contact", "--data", data);
        Assert.True(export.ExitCode == 0, export.Error);
        return [.. export.Output.TrimEnd().Split('\n').Select(line =>
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("document").GetProperty("name").GetString()!;
        })];
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
