using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Tests.Delivery;
using Postroom.Tests.Hosts;
using Postroom.Storage;

namespace Postroom.Tests.Execution;

/// <summary>The code of a form reads the files that came with it.</summary>
public sealed class HandlerFilesTests
{
    private const string Pdf = "%PDF-1.7 a file";
    private static readonly string[] Parts =
        [Multipart.Text("text", "Ada"), Multipart.File("cv", "..\\my cv.pdf", Pdf), Multipart.File("cv", "b.txt", "two")];

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task In_the_transaction_and_afterwards(string store)
    {
        using var kind = new StoreKind(store);
        var seen = new List<(string Field, string Name, string Type, long Size, string Sha256, string Text)>();
        await using var host = await StartAsync(kind, form => form
            .InTransaction(async (_, unit, cancel) => seen.AddRange(await ReadAsync(unit.Files, cancel)))
            .Afterwards(async (_, job, cancel) => seen.AddRange(await ReadAsync(job.Files, cancel))));
        using var answer = await host.PostFilesAsync("/api/note", Parts);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var entry = Assert.Single(host.Entries());
        await host.JobAsync(entry.Id, JobState.Done);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Pdf)));
        Assert.Equal(("/cv/0", "my cv.pdf", "application/pdf", Pdf.Length, sha256, Pdf), seen[0]);
        Assert.Equal("two", seen[1].Text);
        Assert.Equal(seen[..2], seen[2..]);
    }

    [Theory]
    [InlineData("memory", false)]
    [InlineData("sqlite", false)]
    [InlineData("memory", true)]
    [InlineData("sqlite", true)]
    public async Task A_refusal_in_the_transaction_leaves_no_file(string store, bool throws)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind, form => form.InTransaction((_, unit, _) =>
        {
            if (throws)
            {
                throw new InvalidOperationException("A bug.");
            }

            unit.Refuse("No.");
            return ValueTask.CompletedTask;
        }));
        using var answer = await host.PostFilesAsync("/api/note", Parts);
        Assert.Equal(throws ? 500 : 422, (int)answer.StatusCode);
        Assert.Empty(host.Entries());
        await host.OnlyFilesAsync();
    }

    [Fact]
    public async Task A_POST_without_files_has_none()
    {
        using var kind = new StoreKind("memory");
        IReadOnlyList<IPostFile>? files = null;
        await using var host = await StartAsync(kind, form => form.InTransaction((_, unit, _) =>
        {
            files = unit.Files;
            return ValueTask.CompletedTask;
        }));
        using var answer = await host.PostNoteAsync("hello");
        Assert.Empty(files!);
    }

    [Fact]
    public async Task A_released_form_has_its_files()
    {
        using var kind = new StoreKind("sqlite");
        var texts = new List<string>();
        await using var host = await StartAsync(kind, form => form.InTransaction(async (_, unit, cancel) =>
            texts.AddRange((await ReadAsync(unit.Files, cancel)).Select(file => file.Text))));
        using var answer = await host.PostFilesAsync("/api/note", [.. Parts, Multipart.Text("_gotcha", "x")]);
        var held = Assert.Single(host.Entries(EntryState.Held));
        await host.Services.GetRequiredService<IEntryReleases>().ReleaseAsync(held, hasFollowed: false);
        Assert.Equal([Pdf, "two"], texts);
    }

    private static Task<PostHost> StartAsync(StoreKind kind, Action<FormBuilder<Note>> form) => PostHost.StartNotesAsync(
        builder =>
        {
            // Without a schema any field takes files.
            builder.Declare(declaration => declaration with { Schema = null });
            form(builder);
        },
        kind.Choose);

    private static async Task<List<(string, string, string, long, string, string Text)>> ReadAsync(
        IReadOnlyList<IPostFile> files, CancellationToken cancel)
    {
        var read = new List<(string, string, string, long, string, string)>();
        foreach (var file in files)
        {
            using var reader = new StreamReader(await file.OpenAsync(cancel));
            read.Add((file.Field, file.Name, file.MediaType, file.Size, file.Sha256, await reader.ReadToEndAsync(cancel)));
        }

        return read;
    }
}
