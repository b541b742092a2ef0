using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Storage;
using Postroom.Tests.Walls;

namespace Postroom.S3.Tests.Servers;

/// <summary>
/// An object store from npm that runs for the tests of this program, in a temporary folder. Another one, such as Ceph's,
/// takes its place where POSTROOM_S3 names its address, POSTROOM_S3_BUCKET a bucket, and POSTROOM_S3_ACCESS_KEY and
/// POSTROOM_S3_SECRET_KEY its keys.
/// </summary>
public sealed class ObjectStore : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("postroom-s3-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;
    private string? _reason;

    /// <summary>Whether it is that of npm: it knows neither copies of parts nor lists of multipart uploads.</summary>
    public bool IsSimple { get; private set; } = true;

    private static string Packages => Path.Combine(Repository.Root, "tests", "web", "s3");

    private static string Program => Path.Combine(Packages, "node_modules", "s3rver", "bin", "s3rver.js");

    /// <summary>How to reach it; skips the test where it cannot be had.</summary>
    internal S3Options Options
    {
        get
        {
            Assert.SkipWhen(_reason is not null, _reason ?? "");
            return field!;
        }

        private set;
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("POSTROOM_S3") is { Length: > 0 } address)
        {
            IsSimple = false;
            Options = new S3Options
            {
                Endpoint = new Uri(address),
                Bucket = Environment.GetEnvironmentVariable("POSTROOM_S3_BUCKET") ?? "postroom",
                AccessKey = Environment.GetEnvironmentVariable("POSTROOM_S3_ACCESS_KEY") ?? "",
                SecretKey = Environment.GetEnvironmentVariable("POSTROOM_S3_SECRET_KEY") ?? "",
            };
            return;
        }

        Options = new S3Options
        {
            Endpoint = new Uri($"http://127.0.0.1:{_port}"),
            Bucket = "uploads",
            AccessKey = "S3RVER",
            SecretKey = "S3RVER",
        };
        await InstallAsync();
        if (_reason is null)
        {
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>SIGKILL.</summary>
    internal async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Starts it on the objects that were there.</summary>
    internal async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("node",
        [
            Program, "-d", _folder, "-a", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-s",
            "--no-vhost-buckets", "--configure-bucket", "uploads",
        ]))!;
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>A store of files in a bucket of its own, where the server makes one of each folder.</summary>
    internal S3FileStore NewStore(Func<S3Options, S3Options>? change = null)
    {
        var options = change is null ? Options : change(Options);
        if (IsSimple && options.Bucket == Options.Bucket)
        {
            options = options with { Bucket = NewBucket() };
        }

        return Open(options);
    }

    internal string NewBucket()
    {
        var name = $"bucket-{Guid.CreateVersion7():n}";
        Directory.CreateDirectory(Path.Combine(_folder, name));
        return name;
    }

    internal void RemoveBucket(string name) => Directory.Delete(Path.Combine(_folder, name), recursive: true);

    /// <summary>The objects of a bucket, as they lie on the disk.</summary>
    internal IEnumerable<string> ObjectsOf(string bucket) =>
        from path in Directory.EnumerateFiles(Path.Combine(_folder, bucket), "*._S3rver_object", SearchOption.AllDirectories)
        select Path.GetRelativePath(Path.Combine(_folder, bucket), path)[..^"._S3rver_object".Length];

    internal static S3FileStore Open(S3Options options) =>
        new(options, TimeProvider.System, EntropySource.System, NullLogger.Instance);

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task InstallAsync()
    {
        try
        {
            if (!File.Exists(Program))
            {
                using var npm = Process.Start(
                    new ProcessStartInfo("npm", ["ci", "--silent"]) { WorkingDirectory = Packages })!;
                await npm.WaitForExitAsync();
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm.
        }

        _reason = File.Exists(Program) ? null
            : "The object store of tests/web/s3 cannot be had: there is no npm, or it cannot fetch it.";
    }
}
