namespace Postroom.Tests.Parsing;

/// <summary>
/// The folders of public test vectors: POSTROOM_CORPORA, or beside the repository; tests skip without them.
/// </summary>
internal static class Corpora
{
    public static string Folder(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("POSTROOM_CORPORA");
        for (string? up = AppContext.BaseDirectory; folder is null && up is not null; up = Path.GetDirectoryName(up))
        {
            string candidate = Path.Combine(up, "shared", "corpora");
            folder = Directory.Exists(candidate) ? candidate : null;
        }

        string path = Path.Combine(folder ?? "", name);
        Assert.SkipUnless(folder is not null && Directory.Exists(path), $"the corpus {name} is not here");
        return path;
    }
}
