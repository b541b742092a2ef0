using System.Net;
using System.Net.Sockets;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>What can go wrong when a server is started: a sentence that says what to do, exit code 1, and no stack trace.</summary>
public sealed class StartFaultTests
{
    [Theory]
    [InlineData("serve")]
    [InlineData("link")]
    public async Task A_missing_file_says_how_to_make_one(string command)
    {
        using var folder = new TestFolder();
        var result = await PostroomProgram.RunAsync(
            new ProgramStart(PostroomProgram.Path, command, "./x") { Folder = folder.Path });
        result.AssertFailed("No postroom.yaml in ./x. Create one: `postroom new contact`.");
    }

    [Fact]
    public async Task A_busy_port_says_which_one_to_try()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync(
            "serve", folder.Path, "--log", "off", "--listen", $"http://localhost:{port}");
        result.AssertFailed($"Port {port} is in use. Try `--listen http://localhost:{Beside(port)}`.");
    }

    [Fact]
    public async Task Of_several_ports_the_busy_one_is_named()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync(
            "serve", folder.Path, "--log", "off", "--listen", "http://127.0.0.1:0", "--listen", $"http://127.0.0.1:{port}");
        result.AssertFailed($"Port {port} is in use. Try `--listen http://127.0.0.1:{Beside(port)}`.");
    }

    [Fact]
    public async Task Two_servers_do_not_share_a_data_folder()
    {
        using var folder = TestFolder.WithContact();
        await using var first = await RunningServer.StartAsync(folder.Path);
        var result = await PostroomProgram.RunAsync(
            "serve", folder.Path, "--log", "off", "--listen", "http://127.0.0.1:0");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"The data folder {folder.Data} is in use by another Postroom", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Stop it, or give this one a folder of its own.\n", result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
        using var answer = await first.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
        Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_named()
    {
        using var folder = TestFolder.WithContact();
        folder.Write("taken", "");
        var result = await PostroomProgram.RunAsync(
            "serve", folder.Path, "--log", "off", "--listen", "http://127.0.0.1:0", "--data", folder["taken"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(folder["taken"], result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        using var folder = TestFolder.WithContact();
        Directory.CreateDirectory(folder.Data);
        var database = Path.Combine(folder.Data, "postroom.db");
        var text = string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 200));
        await File.WriteAllTextAsync(database, text);
        var result = await PostroomProgram.RunAsync("serve", folder.Path, "--log", "off", "--listen", "http://127.0.0.1:0");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"The database {database} cannot be opened: ", result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
        Assert.Equal(text, await File.ReadAllTextAsync(database));
    }

    [Theory]
    [InlineData("foo", "\"foo\" is not an address to listen on. Write http://localhost:3000.")]
    [InlineData("http://localhost:99999", "\"http://localhost:99999\" is not an address to listen on. Write http://localhost:3000.")]
    [InlineData("http://localhost:3000/x", "\"http://localhost:3000/x\" is not an address to listen on. Write http://localhost:3000.")]
    [InlineData("http://localhost:0", "Port 0, any free port, needs an address in numbers. Try `--listen http://127.0.0.1:0`.")]
    [InlineData("http://192.0.2.1:3000", "Cannot listen on http://192.0.2.1:3000: Cannot assign requested address.")]
    public async Task An_address_that_cannot_be_listened_on_is_named(string address, string message)
    {
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync("serve", folder.Path, "--log", "off", "--listen", address);
        result.AssertFailed(message);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task A_variable_PORT_that_is_no_port_is_refused(string port)
    {
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync(new ProgramStart(PostroomProgram.Path, "serve", folder.Path)
        {
            Variables = new Dictionary<string, string> { ["PORT"] = port },
        });
        result.AssertFailed($"The variable PORT is \"{port}\", which is no port. Set it to a number up to 65535, or unset it.");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("link")]
    [InlineData("check")]
    public async Task Every_fault_of_a_declaration_is_told_with_its_place(string command)
    {
        using var folder = TestFolder.With("""
            endpoint:
              /x: {kind: form}
            endpoints:
              /api/contact:
                kind: from
                limits: {body: much}
              /api/upload:
                kind: webhook
            """);
        var result = await PostroomProgram.RunAsync(
            new ProgramStart(PostroomProgram.Path, command, ".") { Folder = folder.Path });
        Assert.Equal(1, result.ExitCode);
        var faults = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(
            faults.Take(4),
            fault => Assert.Matches(@"postroom\.yaml:1:1: .*`endpoint`.*Did you mean `endpoints`", fault),
            fault => Assert.Matches(@"postroom\.yaml:5:11: .*form", fault),
            fault => Assert.Matches(@"postroom\.yaml:6:20: .*much", fault),
            fault => Assert.Matches(@"postroom\.yaml:8:11: .*webhook", fault));
        result.AssertNoStackTrace();
    }

    [Theory]
    [InlineData("link", "./x")]
    [InlineData("export", "/api/contact")]
    public async Task A_command_for_a_store_that_is_not_there_says_so(string command, string argument)
    {
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync(
            new ProgramStart(PostroomProgram.Path, command, command == "link" ? "." : argument) { Folder = folder.Path });
        result.AssertFailed($"There is no store in {folder.Data}.");
        Assert.False(Directory.Exists(folder.Data));
    }

    private static int Beside(int port) => port < IPEndPoint.MaxPort ? port + 1 : port - 1;
}
