using System.Net.Sockets;
using System.Runtime.InteropServices;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>How a server ends, and what its exit code says.</summary>
public sealed class StopTests
{
    private const int Interrupt = 2;
    private const int FileSize = 1;

    [Theory]
    [InlineData(PostroomProgram.Terminate)]
    [InlineData(Interrupt)]
    public async Task Asked_to_stop_it_finishes_what_has_begun_and_ends_with_0(int signal)
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        var address = new Uri(server.Address);
        using var post = await SlowPost.BeginAsync(address);
        PostroomProgram.Signal(server.Process, signal);
        await UntilRefused(address);
        Assert.False(server.Process.HasExited);
        Assert.Equal("HTTP/1.1 201 Created", await post.EndAsync());
        Assert.Equal(0, await server.ExitCodeAsync());
        var stored = await PostroomProgram.RunAsync("export", TestFolder.ContactPath, "--data", folder.Data);
        Assert.Contains("ada@example.com", Assert.Single(stored.Output.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_finished_in_time_is_cut_off()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path, "--drain", "0");
        using var post = await SlowPost.BeginAsync(new Uri(server.Address));
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("   at ", server.Output + server.Errors.ToString(), StringComparison.Ordinal);
        var stored = await PostroomProgram.RunAsync("export", TestFolder.ContactPath, "--data", folder.Data);
        Assert.Empty(stored.Output);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        var address = new Uri(server.Address);
        using var post = await SlowPost.BeginAsync(address);
        PostroomProgram.Signal(server.Process, PostroomProgram.Terminate);
        await UntilRefused(address);
        PostroomProgram.Signal(server.Process, PostroomProgram.Terminate);
        Assert.NotEqual(0, await server.ExitCodeAsync());
    }

    /// <summary>From a limit on the size of its files on, every write of the log fails with EFBIG, which is no full disk.</summary>
    [Fact]
    public async Task A_disk_that_fails_in_a_commit_ends_it_with_70()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "prlimit is of Linux.");
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(new ProgramStart(
            "/bin/bash", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"", PostroomProgram.Path,
            "serve", folder.Path, "--listen", "http://127.0.0.1:0"));
        var limit = new Limit { Soft = 1, Hard = 1 };
        Assert.Equal(0, SetLimit(server.Process.Id, FileSize, in limit, 0));
        using var answer = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Contains("\"outcome-unknown\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(70, await server.ExitCodeAsync());
        Assert.Contains(server.Output.Lines, line => line.StartsWith("critical: The disk failed in a commit.", StringComparison.Ordinal));
    }

    /// <summary>The sockets close first, and what is connected is finished after.</summary>
    private static async Task UntilRefused(Uri address)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address.Host, address.Port, patience.Token);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int SetLimit(int process, int resource, in Limit limit, nint before);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
