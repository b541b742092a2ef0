using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>Forms with files that were refused are kept whole, and run again whole.</summary>
public sealed class QuarantineFilesTests
{
    private const string Pdf = "%PDF-1.7 a file\r\n--not the boundary";
    private const string Schema = """
        {"type":"object","required":["name","phone"],"properties":{
          "name":{"type":"string"},"phone":{"type":"string"},
          "cv":{"type":"string","format":"binary"},"photo":{"type":"string","format":"binary"}}}
        """;

    private static readonly string[] Parts =
    [
        Multipart.Text("name", "Ada"), Multipart.File("cv", "cv.pdf", Pdf), Multipart.File("photo", "p.txt", ""),
    ];

    private static EndpointDeclaration Kept { get; } = new()
    {
        Path = "/api/apply",
        Kind = EndpointKind.Form,
        Schema = Encoding.UTF8.GetBytes(Schema),
        Quarantine = TimeSpan.FromDays(7),
    };

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task What_was_refused_is_kept_with_its_files_and_stored_with_them_by_a_changed_rule(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var refused = await host.PostFilesAsync("/api/apply", Parts);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var held = await KeptAsync(host);
        Assert.Equal("refused:validation-failed", held.Reason);
        Assert.Equal(["/cv", "/photo"], held.Files.Select(file => file.Field));
        Assert.Equal(Pdf, await host.TextOfAsync(held.Files[0]));
        Assert.Equal(Multipart.Body(Parts), await WholeAsync(host, held));
        await host.OnlyFilesAsync(held.Files);

        Assert.Equal(SecondRunVerdict.Refused, await RunAgainAsync(host, held));
        await host.OnlyFilesAsync(held.Files);
        Replace(host, declaration => declaration with { Schema = Encoding.UTF8.GetBytes(Schema.Replace(",\"phone\"]", "]", StringComparison.Ordinal)) });
        Assert.Equal(SecondRunVerdict.Stored, await RunAgainAsync(host, held));
        var entry = Assert.Single(host.Entries());
        Assert.Equal((EntryState.Stored, held.Id), (entry.State, entry.Id));
        Assert.Equal("""{"name":"Ada","cv":"cv.pdf","photo":"p.txt"}""", Encoding.UTF8.GetString(entry.Document.Span));
        Assert.Equal(held.Files.Select(file => file.Digest), entry.Files.Select(file => file.Digest));
        Assert.Equal(Pdf, await host.TextOfAsync(entry.Files[0]));
        await host.OnlyFilesAsync(entry.Files);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Concurrent_clicks_store_one_set_of_files(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var refused = await host.PostFilesAsync("/api/apply", Parts);
        var held = await KeptAsync(host);
        Replace(host, declaration => declaration with { Schema = null });
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAgainAsync(host, held))));
        Assert.Single(verdicts, verdict => verdict == SecondRunVerdict.Stored);
        Assert.Equal(7, verdicts.Count(verdict => verdict == SecondRunVerdict.Late));
        var entry = Assert.Single(host.Entries());
        Assert.Equal(Pdf, await host.TextOfAsync(entry.Files[0]));
        await host.OnlyFilesAsync(entry.Files);
    }

    [Fact]
    public async Task A_coded_body_is_kept_without_its_coding()
    {
        await using var host = await StartAsync(new StoreKind("memory"));
        using var coded = new MemoryStream();
        await using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Multipart.Bytes(Parts), TestContext.Current.CancellationToken);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/apply");
        request.Content = new ByteArrayContent(coded.ToArray());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Multipart.Type);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using var refused = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var held = await KeptAsync(host);
        Assert.Equal(Multipart.Body(Parts), await WholeAsync(host, held));
        Replace(host, declaration => declaration with { Schema = null });
        Assert.Equal(SecondRunVerdict.Stored, await RunAgainAsync(host, held));
    }

    [Fact]
    public async Task A_form_that_may_hold_files_and_holds_none_is_kept_as_well()
    {
        await using var host = await StartAsync(new StoreKind("memory"));
        using var refused = await host.PostFilesAsync("/api/apply", [Multipart.Text("name", "Ada")]);
        var held = await KeptAsync(host);
        Assert.Equal(Multipart.Body(Multipart.Text("name", "Ada")), Encoding.UTF8.GetString(held.Body.Span));
    }

    [Theory]
    [InlineData("half-way")]
    [InlineData("files too large")]
    [InlineData("off")]
    public async Task What_is_not_kept_leaves_no_file(string why)
    {
        await using var host = await StartAsync(new StoreKind("memory"), Kept with
        {
            Quarantine = why == "off" ? TimeSpan.Zero : Kept.Quarantine,
            Limits = new() { File = 2 * Quarantine.FilesBytesMax, Files = 2 },
        });
        string[] parts = why switch
        {
            "half-way" => [.. Parts, Multipart.File("cv", "third", "x")],
            "files too large" => [Multipart.File("cv", "cv.txt", new string('x', (int)Quarantine.FilesBytesMax + 1))],
            _ => Parts,
        };
        using var refused = await host.PostFilesAsync("/api/apply", parts);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await host.OnlyFilesAsync();
        Assert.Empty(host.Entries());
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Its_files_end_with_its_time(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        using var refused = await host.PostFilesAsync("/api/apply", Parts);
        await KeptAsync(host);
        host.Time.Advance(TimeSpan.FromDays(8));
        await host.Services.GetRequiredService<Quarantine>().ExpireAsync(
            host.Services.GetRequiredService<PlanTable>().Plans);
        Assert.Empty(host.Entries());
        await host.OnlyFilesAsync();
    }

    [Fact]
    public async Task The_same_form_with_other_files_is_another_one()
    {
        await using var host = await StartAsync(new StoreKind("memory"));
        using var first = await host.PostFilesAsync("/api/apply", [Multipart.File("cv", "cv.txt", "one")]);
        using var again = await host.PostFilesAsync("/api/apply", [Multipart.File("cv", "cv.txt", "one")]);
        using var other = await host.PostFilesAsync("/api/apply", [Multipart.File("cv", "cv.txt", "two")]);
        await host.EntriesReachAsync(2);
        Assert.Equal(2, host.Entries().Count);
        await host.OnlyFilesAsync(host.Entries().SelectMany(entry => entry.Files));
    }

    [Fact]
    public async Task A_file_that_is_missing_stops_the_second_run_and_changes_nothing()
    {
        await using var host = await StartAsync(new StoreKind("memory"));
        using var refused = await host.PostFilesAsync("/api/apply", Parts);
        var held = await KeptAsync(host);
        await host.Files().DeleteAsync(held.Files[0].Id);
        Replace(host, declaration => declaration with { Schema = null });
        Assert.Equal(SecondRunVerdict.Failed, await RunAgainAsync(host, held));
        Assert.Equal(held.Reason, Assert.Single(host.Entries()).Reason);
        Assert.Contains(host.Log.Lines, line => line.Contains("a file of it is missing", StringComparison.Ordinal));
    }

    private static Task<PostHost> StartAsync(StoreKind kind, EndpointDeclaration? endpoint = null) => PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [endpoint ?? Kept] }, store: kind.Choose);

    private static async Task<Entry> KeptAsync(PostHost host)
    {
        await Patience.UntilAsync(() => host.Entries(EntryState.Held).Count > 0, "a kept entry");
        using var reader = host.Store.Read();
        return reader.FindEntry(host.Entries(EntryState.Held)[^1].Id)!;
    }

    private static Task<SecondRunVerdict> RunAgainAsync(PostHost host, Entry held) =>
        host.Services.GetRequiredService<IEntryReleases>().RunAgainAsync(held).AsTask();

    private static async Task<string> WholeAsync(PostHost host, Entry held)
    {
        using var reader = new StreamReader(new KeptBodyStream(held, host.Files()));
        var text = await reader.ReadToEndAsync();
        Assert.Equal(KeptBodyStream.LengthOf(held), text.Length);
        return text;
    }

    private static void Replace(PostHost host, Func<EndpointDeclaration, EndpointDeclaration> change)
    {
        var plans = host.Services.GetRequiredService<PlanTable>();
        var plan = PlanCompiler.Compile(new PostroomDeclaration(), change(plans.Plans.Single().Declaration), null, null, []);
        plans.Replace([plan!], null);
    }
}
