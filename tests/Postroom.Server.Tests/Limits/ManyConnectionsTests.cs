using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Limits;

/// <summary>Connections that only stand there do not keep others from being served.</summary>
public sealed class ManyConnectionsTests
{
    private const int Idle = 10_000;
    private const int Halves = 500;
    private const int FilesNeeded = 12_000;

    [Fact]
    public async Task Ten_thousand_open_connections_do_not_stop_a_post()
    {
        Assert.SkipUnless(OpenFiles() >= FilesNeeded, $"This process may have fewer than {FilesNeeded} files open (ulimit -n).");
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        var idle = new List<Socket>();
        try
        {
            await OpenAsync(server, idle, Idle, "");
            await OpenAsync(server, idle, Halves, "POST /api/contact HTTP/1.1\r\nHost: local");

            // The server takes connections in the order in which they came, so all of them stand when this is answered.
            using var answer = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.DoesNotContain(idle, IsClosed);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Connections_leave_files_for_the_store_and_the_server_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how many files a process may open.");
        const int files = 500;
        const int room = files - 256;
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(new ProgramStart("/bin/sh",
        [
            "-c", $"ulimit -n {files} && exec \"$0\" \"$@\"",
            PostroomProgram.Path, "serve", folder.Path, "--listen", "http://127.0.0.1:0",
        ]));
        await server.Output.WaitForAsync(line => line.Contains($"at most {room} connections", StringComparison.Ordinal));
        using var first = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var idle = new List<Socket>();
        try
        {
            await OpenAsync(server, idle, files, "");
            await ClosedAsync(idle[^1]);

            // The client keeps the connection that it has.
            using var second = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ben"), ("email", "ben@example.com"));
            Assert.Equal(HttpStatusCode.Created, second.StatusCode);
            Assert.InRange(idle.Count(socket => !IsClosed(socket)), 1, room);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task OpenAsync(RunningServer server, List<Socket> sockets, int count, string text)
    {
        var address = IPEndPoint.Parse(new Uri(server.Address).Authority);
        for (var number = 0; number < count; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            await socket.ConnectAsync(address);
            if (text.Length > 0)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(text));
            }
        }
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private static async Task ClosedAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], patience.Token));
        }
        catch (SocketException)
        {
            // Reset is closed too.
        }
    }

    private static long OpenFiles()
    {
        const string row = "Max open files";
        var line = File.Exists("/proc/self/limits")
            ? File.ReadLines("/proc/self/limits").First(line => line.StartsWith(row, StringComparison.Ordinal))
            : row + " 0";
        var soft = line[row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : long.MaxValue;
    }
}
