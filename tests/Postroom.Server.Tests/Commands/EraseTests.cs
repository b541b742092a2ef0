using System.Text;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Server.Erasing;
using Postroom.Server.Tests.Programs;
using Postroom.Sqlite.Engine;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>erase</c> with the real program on the real files: what is erased is not in them any more.</summary>
public sealed class EraseTests
{
    private const string Ada = "ada.unmistakable@example.com";
    private const string Grace = "grace.unmistakable@example.com";

    private const string Declaration = """
        endpoints:
          /api/contact:
            kind: form
            schema:
              type: object
              properties:
                email: {type: string, format: email}
                message: {type: string}
          /api/call:
            kind: form
            person: [phone, /friend/mail]
          /api/survey: {kind: form}
        """;

    [Fact]
    public async Task What_is_erased_is_not_in_any_file_any_more_and_the_rest_is()
    {
        using var folder = await StoppedAsync();
        Hold(folder.Data);
        var upload = AddUpload(folder.Data);
        Assert.NotEmpty(FilesWith(folder.Data, "unmistakable"));

        var erased = await RunAsync(folder, $"  {Ada.ToUpperInvariant()} ", "--yes");

        Assert.True(erased.ExitCode == 0, erased.Error);
        Assert.Contains("/api/contact: 2 entries", erased.Output, StringComparison.Ordinal);
        Assert.Contains("/api/call: 1 entries", erased.Output, StringComparison.Ordinal);
        Assert.Contains("/api/contact held, 1 files", erased.Output, StringComparison.Ordinal);
        Assert.Contains("Not searched: 1 entries of /api/survey.", erased.Output, StringComparison.Ordinal);
        Assert.Contains("Erased: 3 entries of person ", erased.Output, StringComparison.Ordinal);
        Assert.Contains("Backups", erased.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unmistakable", erased.Output + erased.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(FilesWith(folder.Data, Ada));
        Assert.Empty(FilesWith(folder.Data, "secret of ada"));
        Assert.NotEmpty(FilesWith(folder.Data, Grace));
        Assert.False(File.Exists(upload));
        Assert.Equal(0, (await PostroomProgram.RunAsync("verify", folder.Path, "--deep")).ExitCode);
    }

    [Fact]
    public void An_address_is_found_where_the_schema_is_of_several_files_and_recurs()
    {
        using var folder = TestFolder.With("endpoints: {/api/contact: {kind: form, schema: contact.json}}\n");
        folder.Write("contact.json", """
            {"type": "object", "properties": {
              "guests": {"type": "array", "items": {"$ref": "guest.json"}}, "mail": {"$ref": "guest.json#/$defs/mail"}}}
            """);
        folder.Write("guest.json", """
            {"$defs": {"mail": {"format": "email"}},
             "properties": {"mail": {"$ref": "#/$defs/mail"}, "with": {"$ref": "#"}}}
            """);
        var endpoint = DeclarationLoader.Load(folder.Path, new DeclarationContext()).Declaration!.Endpoints[0];
        var fields = PersonFields.Of(endpoint);

        Assert.True(fields.Match("""{"mail": "Ada@example.com"}"""u8.ToArray(), "ada@example.com"));
        Assert.True(fields.Match("""{"guests": [{}, {"mail": "ada@example.com"}]}"""u8.ToArray(), "ada@example.com"));
        Assert.False(fields.Match("""{"name": "ada@example.com"}"""u8.ToArray(), "ada@example.com"));
    }

    [Fact]
    public async Task The_key_of_an_erased_entry_stays_taken()
    {
        using var folder = await StoppedAsync();
        Assert.Equal(0, (await RunAsync(folder, Ada, "--yes")).ExitCode);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var again = await server.PostJsonAsync("/api/contact", Contact(Ada, "secret of ada"), Key);
        Assert.False(again.IsSuccessStatusCode);
        var exported = await PostroomProgram.RunAsync("export", "/api/contact", "--data", folder.Data);
        Assert.DoesNotContain(Ada, exported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_works_beside_the_server_and_erases_nothing()
    {
        using var folder = await StoppedAsync();
        await using var server = await RunningServer.StartAsync(folder.Path);
        var asked = await RunAsync(folder, Ada, "--dry-run", "--json");
        Assert.True(asked.ExitCode == 0, asked.Error);
        using var report = JsonDocument.Parse(asked.Output);
        Assert.False(report.RootElement.GetProperty("erased").GetBoolean());
        Assert.Equal(3, report.RootElement.GetProperty("entries").GetArrayLength());
        Assert.Matches("^[0-9a-f]{64}$", report.RootElement.GetProperty("person").GetString());
        Assert.NotEmpty(FilesWith(folder.Data, Ada));
    }

    [Fact]
    public async Task Without_a_yes_nothing_is_erased()
    {
        using var folder = await StoppedAsync();
        var asked = await RunAsync(folder, Ada);
        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("Nothing was erased.", asked.Error, StringComparison.Ordinal);
        asked.AssertNoStackTrace();
        Assert.NotEmpty(FilesWith(folder.Data, Ada));
    }

    [Fact]
    public async Task A_part_of_a_value_and_a_value_of_another_field_are_nobody()
    {
        using var folder = await StoppedAsync();
        foreach (var value in (string[])["ada.unmistakable", "secret of ada", "nobody@example.com"])
        {
            var erased = await RunAsync(folder, value, "--yes");
            Assert.Contains("Erased: 0 entries", erased.Output, StringComparison.Ordinal);
        }

        Assert.NotEmpty(FilesWith(folder.Data, Ada));
    }

    [Fact]
    public async Task Without_a_store_it_says_so_and_makes_none()
    {
        using var folder = TestFolder.With(Declaration);
        (await RunAsync(folder, Ada, "--yes")).AssertFailed($"There is no store in {folder.Data}.");
        Assert.False(Directory.Exists(folder.Data));
    }

    private const string Key = "a-key-of-16-letters";

    private static string Contact(string email, string message) =>
        $$"""{"email":"{{email}}","message":"{{message}}"}""";

    private static Task<ProgramResult> RunAsync(TestFolder folder, string person, params string[] options) =>
        PostroomProgram.RunAsync(["erase", folder.Path, "--person", person, .. options]);

    private static async Task<TestFolder> StoppedAsync()
    {
        var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, "/api/contact", Contact(Ada, "secret of ada"), Key);
        await PostAsync(server, "/api/contact", Contact("Ada.Unmistakable@EXAMPLE.com", "secret of ada, part two"));
        await PostAsync(server, "/api/contact", Contact(Grace, "mine"));
        await PostAsync(server, "/api/call", $$"""{"phone":"1","friend":[{"mail":"x"},{"mail":"{{Ada}}"}]}""");
        await PostAsync(server, "/api/survey", """{"colour":"blue"}""");
        Assert.Equal(0, await server.StopAsync());
        return folder;
    }

    private static async Task PostAsync(RunningServer server, string path, string body, string? key = null)
    {
        using var answer = await server.PostJsonAsync(path, body, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Moves an entry of Ada's among the held ones, as a rule about spam would.</summary>
    private static void Hold(string data) => Change(data,
        """
        UPDATE entries SET state = 1, reason = 'links' WHERE row = (SELECT max(row) FROM entries WHERE document LIKE '%part two%');
        UPDATE entry_spans SET stored = stored - 1, held = held + 1 WHERE endpoint = '/api/contact';
        """);

    /// <summary>Gives the held entry a file.</summary>
    private static string AddUpload(string data)
    {
        const string Id = "0199c0de-0000-7000-8000-0000000000ab";
        var path = Path.Combine(data, "files", "ab", Id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "secret of ada");
        Change(data,
            $"""
            INSERT INTO entry_files SELECT row, 0, x'{Id.Replace("-", "", StringComparison.Ordinal)}', '/cv', 'cv.txt', 13,
              'text/plain', zeroblob(32) FROM entries WHERE state = 1;
            UPDATE entry_spans SET bytes = bytes + 13 WHERE endpoint = '/api/contact';
            """);
        return path;
    }

    private static void Change(string data, string sql)
    {
        using var connection = SqliteConnection.OpenWriter(Path.Combine(data, "postroom.db"));
        connection.Execute(sql);
    }

    private static List<string> FilesWith(string data, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToLowerInvariant());
        return [.. Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
            .Where(file => Lower(ReadShared(file)).AsSpan().IndexOf(bytes) >= 0)];
    }

    private static byte[] Lower(byte[] bytes) =>
        [.. bytes.Select(value => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value)];

    private static byte[] ReadShared(string path)
    {
        if (Path.GetFileName(path) == "postroom.lock")
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
