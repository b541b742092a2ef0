using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Sqlite.Verifying;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>Everything that a store holds, there and back.</summary>
public sealed class RoundTripTests(PostgresServer server) : CopyTest(server)
{
    [Fact]
    public async Task All_of_it_comes_back_value_by_value()
    {
        await FillAsync();
        var before = Dump(Data);

        var there = await ToPostgresAsync();
        var back = await ToSqliteAsync(FolderWithFiles("back"));

        Assert.Equal(before, Dump(Folder.File("back")));
        Assert.Equal(CopyTables.Compared.Count, there.Split("the same on both sides").Length - 1);
        Assert.Equal(Lines(there), Lines(back));
        Assert.Equal(Findings(Data), Findings(Folder.File("back")));
    }

    [Fact]
    public async Task The_copy_answers_as_the_source_did()
    {
        await FillAsync();
        List<KeyMatch?> before;
        byte[] secret;
        EntryId last;
        await using (var store = await OpenSqliteAsync())
        {
            before = [.. FullStore.Keys.Select(key => store.FindKey(Sample.Key(key), Now))];
            secret = store.Secret.ToArray();
            last = store.Ids.Next();
        }

        Assert.DoesNotContain(null, before);
        await ToPostgresAsync();
        await using (var store = await OpenPostgresAsync())
        {
            AssertSame(before, [.. FullStore.Keys.Select(key => store.FindKey(Sample.Key(key), Now))]);
            Assert.Null(store.FindKey(Sample.Key("gone"), Now));
            Assert.Equal(secret, store.Secret.ToArray());
            Assert.Equal(
                UnitVerdict.Refused,
                (await store.CommitAsync(Sample.Unit(new TokenUnused(Sample.Key("a token")), new CountEntry("/x", 1, 1))))
                .Verdict);
            using var reader = store.Read();
            Assert.Equal(2, reader.CountOf(Sample.Contact, 3_600_000, Now));
            Assert.True(store.Ids.Next() > last || store.Ids.Next().Row > before.Max(match => match!.Id.Row));
        }

        await ToSqliteAsync(Folder.File("back"), files: Data);
        await using var again = await OpenSqliteAsync(Folder.File("back"));
        AssertSame(before, [.. FullStore.Keys.Select(key => again.FindKey(Sample.Key(key), Now))]);
        Assert.Equal(secret, again.Secret.ToArray());
    }

    [Fact]
    public async Task Jobs_go_on_with_their_number_claim_and_lease()
    {
        var first = await FillAsync();
        await ToPostgresAsync();
        await using var store = await OpenPostgresAsync();

        using (var reader = store.Read())
        {
            Assert.Equal(
                [(JobState.Done, 1), (JobState.Dead, 1), (JobState.Leased, 1), (JobState.Ready, 0)],
                reader.ListJobs(first).Select(job => (job.State, job.Attempts)));
        }

        // What a worker of the source held comes when its lease ends, what waits when it is due, each once.
        Assert.Empty(await store.ClaimJobsAsync(Now, Now + 1000, 10));
        var due = Assert.Single(await store.ClaimJobsAsync(Now + 5000, Now + 900_000, 10));
        Assert.Equal(("later", 1), (due.Name, due.Attempts));
        var ended = Assert.Single(await store.ClaimJobsAsync(Now + 60_000, Now + 900_000, 10));
        Assert.Equal(("leased", 2, 2L), (ended.Name, ended.Attempts, ended.Claim));
        await store.CommitAsync(Sample.Unit(new InsertJob(first, "new", Now)));
        var added = Assert.Single(await store.ClaimJobsAsync(Now + 60_000, Now + 900_000, 10));
        Assert.True(added.Number > due.Number);
    }

    [Fact]
    public async Task Files_are_copied_where_the_nodes_keep_them_elsewhere()
    {
        await FillAsync();
        var output = await ToPostgresAsync(files: Folder.File("nodes"));

        // That of an open upload stays behind, with the upload.
        var moved = FilesIn(Data).Where(file => file.Text != "half a").ToList();
        Assert.Contains("Left behind: 1 uploads that are open.", output, StringComparison.Ordinal);
        Assert.Equal(moved, FilesIn(Folder.File("nodes")));
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM postroom.uploads WHERE state <> 0"));
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM postroom.uploads"));
        await ToSqliteAsync(Folder.File("back"), files: Folder.File("nodes"));
        Assert.Equal(moved, FilesIn(Folder.File("back")));
    }

    [Fact]
    public async Task An_open_upload_goes_on_where_files_stay_and_counts_for_its_quota()
    {
        await FillAsync();
        var usage = await UsageAsync(await OpenSqliteAsync());
        await ToPostgresAsync();

        Assert.Equal(usage, await UsageAsync(await OpenPostgresAsync()));
        await ToSqliteAsync(FolderWithFiles("back"));
        Assert.Equal(usage, await UsageAsync(await OpenSqliteAsync(Folder.File("back"))));
        Assert.Equal((12, 1), (usage[0].Bytes, usage[0].Open));
    }

    [Fact]
    public async Task Open_uploads_that_a_run_took_before_files_were_to_move_are_left_behind_after_all()
    {
        await FillAsync();
        await Assert.ThrowsAsync<InterruptedException>(() => CopyAsync(
            $"sqlite:{Data}", Address, target => new InterruptedTarget(target, 10, isBehind: true), rows: 100));
        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM postroom.uploads WHERE state = 0"));

        await ToPostgresAsync(files: Folder.File("nodes"));

        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM postroom.uploads WHERE state = 0"));
        Assert.Equal(6L, await RunAsync("SELECT bytes FROM postroom.upload_usage WHERE caller = ''"));
    }

    [Fact]
    public async Task A_store_with_nothing_in_it_is_copied_with_its_secret()
    {
        byte[] secret;
        await using (var store = await OpenSqliteAsync())
        {
            secret = store.Secret.ToArray();
        }

        await ToPostgresAsync();
        await using var copy = await OpenPostgresAsync();
        Assert.Equal(secret, copy.Secret.ToArray());
    }

    [Fact]
    public async Task A_database_that_a_node_was_tried_on_counts_as_empty()
    {
        await FillAsync();
        await using (await OpenPostgresAsync())
        {
            // Its secret is made here, and gives way.
        }

        await ToPostgresAsync();
        await using var copy = await OpenPostgresAsync();
        await using var source = await OpenSqliteAsync();
        Assert.Equal(source.Secret.ToArray(), copy.Secret.ToArray());
    }

    [Fact]
    public async Task Tables_of_a_program_are_named_and_left()
    {
        await FillAsync();
        using (var connection = SqliteConnection.OpenWriter(Path.Combine(Data, "postroom.db")))
        {
            connection.Execute("CREATE TABLE seats (number INTEGER)");
        }

        var there = await ToPostgresAsync();
        await RunAsync("CREATE TABLE seats (number integer)");
        var back = await ToSqliteAsync(Folder.File("back"), files: Data);

        Assert.Contains("Not copied, since they are your program's own tables: seats.", there, StringComparison.Ordinal);
        Assert.Contains("Not copied, since they are your program's own tables: seats.", back, StringComparison.Ordinal);
    }

    private static async Task<UploadUsage[]> UsageAsync(IPostStore store)
    {
        await using (store)
        {
            using var reader = store.Read();
            return [.. new[] { null, "ada", "bob" }.Select(caller => reader.UsageOf(Sample.Order, caller))];
        }
    }

    // The hostile documents are no JSON, on both sides.
    private IEnumerable<string> Findings(string data) => new StoreVerification(data, deep: true, Time).Run().Findings
        .SelectMany(finding => finding.Where.Select(where => $"{finding.Code}: {where}"));

    private static IEnumerable<string> Lines(string output) =>
        output.Split('\n').Where(line => line.Contains(" rows ", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Text)> FilesIn(string data) =>
        Directory.EnumerateFiles(Path.Combine(data, "files"), "*", SearchOption.AllDirectories).Order()
            .Select(file => (Path.GetRelativePath(data, file), File.ReadAllText(file)));

    private static void AssertSame(List<KeyMatch?> expected, List<KeyMatch?> actual)
    {
        foreach (var (before, after) in expected.Zip(actual))
        {
            Assert.Equal(
                before! with { Answer = null }, after! with { Answer = null });
            Assert.Equal(before.Answer?.Body.ToArray(), after.Answer?.Body.ToArray());
            Assert.Equal(before.Answer is { } was ? was with { Body = default } : null,
                after.Answer is { } answer ? answer with { Body = default } : null);
        }
    }
}
