using System.Net;
using System.Text.RegularExpressions;
using Postroom.Server.Tests.Programs;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Tests.Examples;

/// <summary>examples/contact-csharp as a process beside examples/contact.</summary>
public sealed partial class ContactInCSharpTests
{
    private const string Sound = """{"name":"Ada","email":"ada@example.com","message":"Hello"}""";

    public static TheoryData<string> Bodies { get; } = new(
        Sound,
        """{"name":"Ada","email":"ada@example.com"}""",
        """{"name":"","email":"ada@example.com"}""",
        """{"email":"ada@example.com"}""",
        """{"name":"Ada","email":"none"}""",
        """{"name":"Ada","email":"none","message":7}""",
        $$"""{"name":"{{new string('a', 201)}}","email":"ada@example.com"}""",
        $$"""{"name":"Ada","email":"{{new string('a', 250)}}@example.com"}""",
        """{"name":"Ada",""",
        "7");

    [Theory, MemberData(nameof(Bodies))]
    public async Task It_answers_as_the_declared_form_does(string body)
    {
        using var folder = TestFolder.WithContact();
        using var own = new TestFolder();
        await using var declared = await RunningServer.StartAsync(folder.Path);
        await using var coded = await StartAsync(own);
        Assert.Equal(await AnswerAsync(declared, body), await AnswerAsync(coded, body));
    }

    [Fact]
    public async Task Its_own_table_is_written_in_the_commit_of_the_message()
    {
        using var own = new TestFolder();
        await using (var server = await StartAsync(own))
        {
            using var first = await server.PostJsonAsync(TestFolder.ContactPath, Sound, "key-of-one-message-1");
            using var repeat = await server.PostJsonAsync(TestFolder.ContactPath, Sound, "key-of-one-message-1");
            using var second = await server.PostJsonAsync(TestFolder.ContactPath, Sound, "key-of-one-message-2");
            using var refused = await server.PostJsonAsync(TestFolder.ContactPath, """{"name":"Eve"}""");
            Assert.Equal(
                [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.BadRequest],
                new[] { first, repeat, second, refused }.Select(answer => answer.StatusCode));
            server.Process.Kill();
            await server.ExitCodeAsync();
        }

        using var store = SqlitePostStore.OpenReadOnly(own.Data, TimeProvider.System);
        using var reader = store.Read();
        var row = Assert.Single(reader.Query(new Statement("select email, messages from senders")).Rows);
        Assert.Equal<object?>(["ada@example.com", 2L], row);
        Assert.Equal(2, reader.CountEntries().Where(count => count.State == EntryState.Stored).Sum(count => count.Count));
    }

    [Fact]
    public async Task What_follows_a_message_says_so_in_the_log_with_a_key()
    {
        using var own = new TestFolder();
        await using var server = await StartAsync(own);
        using var answer = await server.PostJsonAsync(TestFolder.ContactPath, Sound);
        var line = await server.Output.WaitForAsync(text => text.Contains("Welcome ", StringComparison.Ordinal));
        Assert.Matches(@"Welcome Ada, attempt 1, key \S+", line);
    }

    private static Task<RunningServer> StartAsync(TestFolder folder) => RunningServer.StartAsync(
        new ProgramStart(PostroomProgram.Built("contact-csharp"), "--urls", "http://127.0.0.1:0") { Folder = folder.Path });

    /// <summary>Everything but what differs from one POST to the next.</summary>
    private static async Task<string> AnswerAsync(RunningServer server, string body)
    {
        using var answer = await server.PostJsonAsync(TestFolder.ContactPath, body);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Server"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        var text = $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{await answer.Content.ReadAsStringAsync()}";
        return Identity().Replace(text.Replace(server.Address, "", StringComparison.Ordinal), "(id)");
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, 5000)]
    private static partial Regex Identity();
}
