using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Postgres;

namespace Postroom.Crash.Host;

/// <summary>
/// A node on PostgreSQL whose work after a POST is told by files: each attempt leaves one that it has begun, waits for
/// one that lets it go on, leaves the mark of its effect, and fails where it is told to.
/// </summary>
internal static class WorkingNode
{
    /// <param name="folder">With an empty declaration, and below it the data.</param>
    /// <param name="connection">The database.</param>
    /// <param name="work">Where the files lie.</param>
    /// <param name="name">What tells this node's files from others.</param>
    public static async Task<int> RunAsync(string folder, string connection, string work, string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPostroom(new PostroomOptions { File = folder, HasIdentity = false, Reload = false })
            .UsePostgres(connection);
        await using var app = builder.Build();
        app.MapForm("/api/note", NoteContext.Default.Note)
            .Afterwards((note, job, cancel) => WorkAsync(Path.Combine(work, name), work, note, job, cancel));
        app.MapPostroom();
        await app.StartAsync();
        Console.WriteLine($"Listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async ValueTask WorkAsync(
        string own, string work, Note note, IPostJob job, CancellationToken cancel)
    {
        await File.WriteAllTextAsync($"{own}-begun-{note.Message}", "", cancel);
        while (!File.Exists($"{own}-go"))
        {
            await Task.Delay(10, cancel);
        }

        // As a receiver does who knows the key again: the second with it has no effect.
        var effect = Path.Combine(work, $"effect-{job.Entry}");
        await new FileStream(effect, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).DisposeAsync();

        if (File.Exists($"{own}-fails"))
        {
            throw new InvalidOperationException("This node's attempts fail.");
        }
    }
}
