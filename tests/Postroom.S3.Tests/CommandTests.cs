using System.Net;
using Postroom.Declarations;
using Postroom.S3.Tests.Servers;
using Postroom.Server.Backups;
using Postroom.Server.Verifying;

namespace Postroom.S3.Tests;

/// <summary>Commands that work on the data folder, where the files are in a bucket.</summary>
public sealed class CommandTests(ObjectStore server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postroom-s3-data-").FullName;

    [Fact]
    public async Task They_do_not_miss_files_that_are_in_the_bucket_and_say_where_they_are()
    {
        var options = server.Options with { Bucket = server.IsSimple ? server.NewBucket() : server.Options.Bucket };
        var data = Path.Combine(_folder, "data");
        await using (var app = await HostTests.StartAsync(options, data))
        {
            using var answer = await HostTests.PostAsync(app, new byte[1000]);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        var bucket = new BucketDeclaration(
            options.Endpoint, options.Bucket, options.Region, options.AccessKey, options.SecretKey, null);
        Assert.Equal(0, new VerifyRun(data, deep: true, asJson: false, TimeProvider.System, bucket).Run());
        Assert.NotEqual(0, new VerifyRun(data, deep: true, asJson: false, TimeProvider.System).Run());
        var progress = new ProgressLine(TextWriter.Null, isTerminal: false, TimeProvider.System);
        Assert.Equal(0, new BackupRun(data, Path.Combine(_folder, "to"), null, TimeProvider.System, progress, bucket).Run());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
