using System.Security.Cryptography;
using Postroom.Files;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Sqlite.Tests.Engine;
using Postroom.Sqlite.Verifying;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Verifying;

/// <summary>Each corruption is planted in a store at rest, and found.</summary>
public sealed class StoreVerificationTests : EngineTest
{
    private const int KeysMax = 20;
    private const string Stored = "what was received";

    private readonly List<string> _uploads = [];

    private protected override SqliteStoreOptions Options => base.Options with { GenerationKeysMax = KeysMax };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_was_only_used_is_fine(bool atRest)
    {
        await FillAsync();
        if (atRest)
        {
            await Store.DisposeAsync();
        }

        var files = Files();
        var found = Verify(deep: true);

        Assert.Empty(found.Findings);
        Assert.Equal(1, found.Files);
        var entries = Assert.Single(found.Entries);
        Assert.Equal((Sample.Contact, 22L, 1L, 0L), (entries.Endpoint, entries.Stored, entries.Held, entries.Refused));
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData("answer-without-entry", "INSERT INTO answers VALUES (1, x'7b7d')")]
    [InlineData("body-without-entry", "INSERT INTO bodies VALUES (1, '', x'7b7d', NULL)")]
    [InlineData("entry-without-body", "UPDATE entries SET reason = 'refused:forbidden' WHERE state = 1")]
    [InlineData("job-without-entry", "UPDATE jobs SET entry_row = 1")]
    [InlineData("job-without-entry", "UPDATE jobs SET entry = zeroblob(16)")]
    [InlineData("file-row-without-entry", "UPDATE entry_files SET entry_row = 1", "sums-wrong")]
    [InlineData("sums-wrong", "UPDATE entry_spans SET stored = stored + 1")]
    [InlineData("sums-wrong", "UPDATE entry_spans SET held = 0")]
    [InlineData("sums-wrong", "UPDATE entry_spans SET bytes = bytes - 1")]
    [InlineData("sums-wrong", "UPDATE entry_spans SET oldest = oldest + 3600000")]
    [InlineData("sums-wrong", "DELETE FROM entry_spans")]
    [InlineData("sums-wrong", "INSERT INTO entry_spans VALUES (1, '/gone', 1, 0, 0, 0, 9, 9, NULL)")]
    [InlineData("document-not-json", "UPDATE entries SET document = replace(document, '}', ']') WHERE state = 1")]
    [InlineData("document-not-json",
        "UPDATE entries SET document = substr(document, 1, 3) WHERE state = 1", "sums-wrong")]
    [InlineData("document-not-json", "UPDATE entries SET document = NULL WHERE state = 1", "sums-wrong")]
    [InlineData("entry-id", "UPDATE entries SET id = zeroblob(16) WHERE state = 1")]
    [InlineData("key-file", "UPDATE key_generations SET keys = keys + 1")]
    public async Task Rows_that_contradict_each_other_are_found(string code, string sql, string? other = null)
    {
        await FillAsync();
        await Store.DisposeAsync();
        using (var connection = SqliteConnection.OpenWriter(Folder.File("postroom.db")))
        {
            connection.Execute(sql);
            Assert.NotEqual(0, connection.Changes);
        }

        AssertFound(deep: false, other is null ? [code] : [code, other]);
    }

    [Theory]
    [InlineData("file-missing", null)]
    [InlineData("file-size", "what was received and more")]
    public async Task Files_that_are_not_as_received_are_found(string code, string? bytes)
    {
        await FillAsync();
        await Store.DisposeAsync();
        File.Delete(_uploads[0]);
        if (bytes is not null)
        {
            await File.WriteAllTextAsync(_uploads[0], bytes, TestContext.Current.CancellationToken);
        }

        var finding = Assert.Single(AssertFound(deep: false, code).Findings);
        Assert.Equal([Path.GetRelativePath(Folder.Path, _uploads[0])], finding.Where);
    }

    [Fact]
    public async Task Other_bytes_of_the_same_length_are_found_by_a_deep_look()
    {
        await FillAsync();
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(_uploads[0], Stored.ToUpperInvariant(), TestContext.Current.CancellationToken);

        AssertFound(deep: false);
        AssertFound(deep: true, "file-digest");
    }

    [Theory]
    [InlineData("files/ab/notes.txt")]
    [InlineData("files/ab/0199c0de-0000-7000-8000-0000000000ab")]
    public async Task A_file_that_no_entry_names_is_an_orphan_after_an_hour(string name)
    {
        var path = Folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, Stored, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime.AddMinutes(-59));
        AssertFound(deep: false);

        File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime.AddMinutes(-61));
        AssertFound(deep: false, "file-orphan");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(4096, true)]
    public async Task Damaged_key_files_are_found(int at, bool onlyDeep)
    {
        await FillAsync();
        await Store.DisposeAsync();
        var path = Directory.EnumerateFiles(Folder.Path, "keys-*.idx").Single();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        AssertFound(deep: false, onlyDeep ? [] : ["key-file"]);
        AssertFound(deep: true, "key-file");
        File.Delete(path);
        AssertFound(deep: false, "key-file");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2 * 8192)]
    public async Task A_damaged_database_is_found_and_nothing_else_is_said(int at)
    {
        await FillAsync();
        await Store.DisposeAsync();
        using (var file = File.OpenHandle(Folder.File("postroom.db"), FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, new byte[4 * 8192], at);
        }

        AssertFound(deep: true, "database-damaged");
    }

    [Fact]
    public async Task A_wrecked_store_gives_a_page_and_not_a_book()
    {
        await FillAsync();
        await Store.DisposeAsync();
        using (var connection = SqliteConnection.OpenWriter(Folder.File("postroom.db")))
        {
            connection.Execute("UPDATE entries SET document = 'not json'");
        }

        var finding = AssertFound(deep: false, "document-not-json", "sums-wrong").Findings[0];
        Assert.Equal((23, 10), (finding.Count, finding.Where.Count));
    }

    /// <summary>
    /// Entries of two states, one deleted whose key is kept, a large answer, a job, a file, sealed keys.
    /// </summary>
    private async Task FillAsync()
    {
        var files = new DiskFileStore(Folder.File("files"));
        var id = Store.Ids.Next();
        _uploads.Add(files.PathOf(id));
        Directory.CreateDirectory(Path.GetDirectoryName(_uploads[0])!);
        await File.WriteAllTextAsync(_uploads[0], Stored, TestContext.Current.CancellationToken);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Sample.Utf8(Stored)));
        var withFile = NewEntry("file") with
        {
            Files = [new EntryFile(id, "/cv", "cv.txt", Stored.Length, "text/plain", digest)],
            Answer = new StoredAnswer(200, new byte[100_000]),
        };
        await Store.CommitAsync(Sample.Unit(new InsertEntry(withFile), new InsertJob(withFile.Id, "mail", Now)));
        await PostAsync(NewEntry("held") with { State = EntryState.Held, Reason = "honeypot" });
        var deleted = NewEntry("deleted");
        await PostAsync(deleted);
        await Store.CommitAsync(Sample.Unit(new DeleteEntry(deleted.Id, KeepKey: true)));
        for (var number = 0; number < KeysMax + 1; number++)
        {
            await PostAsync($"k{number}");
        }

        await Points.WhenAsync(StorePoints.GenerationSealed, 1);
    }

    private VerifiedStore Verify(bool deep) => new StoreVerification(Folder.Path, deep, Time).Run();

    private VerifiedStore AssertFound(bool deep, params string[] codes)
    {
        var found = Verify(deep);
        Assert.Equal(
            codes.Order(StringComparer.Ordinal),
            found.Findings.Select(finding => finding.Code).Order(StringComparer.Ordinal));
        Assert.All(found.Findings, finding => Assert.NotEmpty(finding.Advice));
        return found;
    }
}
