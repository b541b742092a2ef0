using Microsoft.Extensions.DependencyInjection;
using Postroom.Storage;

namespace Postroom.Tests.Hosts;

/// <summary>The files that a host's store holds, named by entries or not.</summary>
internal static class StoredFiles
{
    public static IFileStore Files(this PostHost host) => host.Services.GetRequiredService<IFileStore>();

    public static async Task<IReadOnlyList<EntryId>> FileIdsAsync(this PostHost host)
    {
        var ids = new List<EntryId>();
        await foreach (var id in host.Files().ListOlderAsync(DateTimeOffset.MaxValue, CancellationToken.None))
        {
            ids.Add(id);
        }

        return ids;
    }

    public static async Task<string> TextOfAsync(this PostHost host, EntryFile file)
    {
        using var reader = new StreamReader((await host.Files().OpenAsync(file.Id))!);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The store holds these files and no other: for tests whose answer came before the last removal.</summary>
    public static Task OnlyFilesAsync(this PostHost host, params IEnumerable<EntryFile> files)
    {
        var expected = files.Select(file => file.Id).Order().ToList();
        return Patience.UntilAsync(
            () => host.FileIdsAsync().GetAwaiter().GetResult().Order().SequenceEqual(expected), "the files named alone");
    }
}
