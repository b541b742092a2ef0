using System.Net;
using System.Text.Json;
using Npgsql;
using Postroom.Server.Tests.Programs;

namespace Postroom.Postgres.Tests.Servers;

/// <summary>Three servers as processes on one database, as a load balancer would see them.</summary>
public sealed class ThreeServersTests(PostgresServer server)
{
    [Fact]
    public async Task The_same_key_at_three_servers_has_one_effect_and_one_answer()
    {
        const int Keys = 40;
        using var folder = await FolderAsync("three");
        await using RunningServer first = await RunningServer.StartAsync(folder.Path),
            second = await RunningServer.StartAsync(folder.Path), third = await RunningServer.StartAsync(folder.Path);

        var answers = await Task.WhenAll(Enumerable.Range(0, Keys).SelectMany(key =>
            new[] { first, second, third }.Select(node => PostAsync(node, key))));

        foreach (var answer in answers.GroupBy(answer => answer.Key))
        {
            Assert.Single(answer.Select(one => one.Entry).Distinct());
            Assert.Single(answer, one => one.Status == "created");
            Assert.Equal(2, answer.Count(one => one.Status == "replayed"));
        }

        Assert.Equal((long)Keys, await CountAsync("three"));
    }

    [Fact]
    public async Task What_one_server_acknowledged_outlives_it_and_is_answered_by_another()
    {
        using var folder = await FolderAsync("killed");
        await using var second = await RunningServer.StartAsync(folder.Path);
        string entry;
        await using (var first = await RunningServer.StartAsync(folder.Path))
        {
            entry = (await PostAsync(first, 1)).Entry;
            first.Process.Kill();
        }

        var again = await PostAsync(second, 1);

        Assert.Equal(("replayed", entry), (again.Status, again.Entry));
        Assert.Equal(1L, await CountAsync("killed"));
    }

    [Theory]
    [InlineData("backup", "--to", "backups")]
    [InlineData("verify")]
    [InlineData("erase", "--person", "ada@example.com")]
    public async Task A_command_for_sqlite_says_where_the_entries_are(string command, params string[] options)
    {
        using var folder = Declared("nowhere");

        var result = await PostroomProgram.RunAsync([command, folder.Path, .. options]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("PostgreSQL", result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_a_sentence_without_the_password()
    {
        using var folder = TestFolder.With("""
            store: {postgres: "postgres://ada:secret@127.0.0.1:1/posts"}
            files: {disk: {shared: true}}
            endpoints: {/api/contact: {kind: form}}
            """);

        var result = await PostroomProgram.RunAsync("serve", folder.Path, "--listen", "http://127.0.0.1:0");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("127.0.0.1:1", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error + result.Output, StringComparison.Ordinal);
        result.AssertNoStackTrace();
    }

    [Fact]
    public async Task A_link_made_beside_the_servers_signs_in_at_one_of_them()
    {
        using var folder = await FolderAsync("linked");
        await using var node = await RunningServer.StartAsync(folder.Path);

        var link = await PostroomProgram.RunAsync("link", folder.Path, "--listen", node.Address);

        Assert.Equal("", link.Error);
        using var answer = await node.Client.GetAsync(link.Output.Trim());
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((int)answer.StatusCode < 400, answer.ToString());
    }

    private static async Task<Answer> PostAsync(RunningServer node, int key)
    {
        using var response = await node.PostJsonAsync(
            TestFolder.ContactPath, $$"""{"name":"Ada","n":{{key}}}""", $"a-key-of-{key:d20}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        using var json = JsonDocument.Parse(text);
        return new Answer(
            key, response.Headers.GetValues("Idempotency-Status").Single(),
            response.Headers.GetValues("Postroom-Entry").Single());
    }

    /// <summary>A folder whose declaration names a database of its own.</summary>
    private async Task<TestFolder> FolderAsync(string database)
    {
        await server.NewDatabaseAsync(database);
        return Declared(database);
    }

    private TestFolder Declared(string database) =>
        TestFolder.With($$$"""
            store: {postgres: "postgres://postroom@127.0.0.1:{{{server.Port}}}/{{{database}}}?sslmode=disable"}
            files: {disk: {shared: true}}
            limits: {rate: off}
            endpoints: {/api/contact: {kind: form}}
            """);

    private async Task<object?> CountAsync(string database)
    {
        await using var connection = new NpgsqlConnection(
            server.ConnectionString.Replace("=postgres;", $"={database};", StringComparison.Ordinal));
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM postroom.entries", connection);
        return await count.ExecuteScalarAsync();
    }

    private sealed record Answer(int Key, string Status, string Entry);
}
