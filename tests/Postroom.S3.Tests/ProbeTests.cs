using Microsoft.Extensions.Logging.Abstractions;
using Postroom.S3.Tests.Servers;
using Postroom.Storage;

namespace Postroom.S3.Tests;

/// <summary>What is wrong with a bucket is said at the start, and what to do about it.</summary>
public sealed class ProbeTests(ObjectStore server)
{
    [Fact]
    public async Task A_bucket_that_serves_is_left_as_it_was()
    {
        var bucket = server.IsSimple ? server.NewBucket() : server.Options.Bucket;
        await OpenAsync(server.Options with { Bucket = bucket });

        Assert.True(!server.IsSimple || !server.ObjectsOf(bucket).Any());
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named() => Assert.StartsWith(
        "There is no bucket `nowhere-at-all`", await FaultAsync(server.Options with { Bucket = "nowhere-at-all" }), StringComparison.Ordinal);

    [Fact]
    public async Task An_access_key_that_is_not_known_is_said() => Assert.Contains(
        "Correct `files.s3.accessKey`", await FaultAsync(server.Options with { AccessKey = "nobody" }), StringComparison.Ordinal);

    [Fact]
    public async Task A_secret_that_is_wrong_is_said()
    {
        Assert.SkipWhen(server.IsSimple, "The store from npm does not look at signatures.");
        Assert.Contains(
            "Correct `files.s3.secretKey`", await FaultAsync(server.Options with { SecretKey = "wrong" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_run_is_said()
    {
        var endpoint = new Uri($"http://127.0.0.1:{ObjectStore.FreePort()}");
        var fault = await FaultAsync(server.Options with { Endpoint = endpoint, Tries = 1 });

        Assert.Contains("`files.s3.endpoint`", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Options.SecretKey + " ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET list", "AccessDenied", "s3:ListBucket")]
    [InlineData("PUT", "AccessDenied", "may not PUT")]
    [InlineData("DELETE", "AccessDenied", "may not DELETE")]
    [InlineData("POST uploads", "AccessDenied", "may not POST")]
    [InlineData("PUT", "QuotaExceeded", "raise the quota")]
    [InlineData("GET list", "RequestTimeTooSkewed", "best by NTP")]
    public async Task What_a_key_may_not_do_is_said(string kind, string fault, string said)
    {
        Assert.SkipUnless(server.IsSimple, "The front is made for the store from npm.");
        await using var front = await FaultyFront.StartAsync(server.Options.Endpoint);
        front.Judge = request => request.Kind == kind ? Enum.Parse<FrontFault>(fault) : FrontFault.None;

        Assert.Contains(
            said, await FaultAsync(server.Options with { Endpoint = front.Address }), StringComparison.Ordinal);
    }

    private static async Task<string> FaultAsync(S3Options options) =>
        (await Assert.ThrowsAsync<S3StartException>(() => OpenAsync(options))).Message;

    private static async Task OpenAsync(S3Options options) => await (await new S3FilesFactory(
        options, TimeProvider.System, EntropySource.System, NullLogger<S3FileStore>.Instance)
        .OpenAsync(TestContext.Current.CancellationToken)).DisposeAsync();
}
