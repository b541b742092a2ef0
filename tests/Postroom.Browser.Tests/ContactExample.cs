namespace Postroom.Browser.Tests;

/// <summary>A copy of examples/contact in a folder that a test may change.</summary>
internal sealed class ContactExample
{
    private ContactExample(string folder) => Folder = folder;

    public string Folder { get; }

    public static ContactExample Copy()
    {
        var example = new ContactExample(Directory.CreateTempSubdirectory("postroom-example-").FullName);
        var site = Directory.CreateDirectory(Path.Combine(example.Folder, "site")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.ContactExample, "site")))
        {
            File.Copy(file, Path.Combine(site, Path.GetFileName(file)));
        }

        example.Declare(File.ReadAllText(Path.Combine(Repository.ContactExample, "postroom.yaml")));
        return example;
    }

    /// <summary>Rewrites the declaration; a change that finds nothing to change is a slip of the test.</summary>
    public void Change(string from, string to)
    {
        var before = File.ReadAllText(Path.Combine(Folder, "postroom.yaml"));
        Assert.Contains(from, before, StringComparison.Ordinal);
        Declare(before.Replace(from, to, StringComparison.Ordinal));
    }

    public void AddAtTop(string line) =>
        Declare(line + "\n" + File.ReadAllText(Path.Combine(Folder, "postroom.yaml")));

    public void AddAtEnd(string line) =>
        Declare(File.ReadAllText(Path.Combine(Folder, "postroom.yaml")) + line + "\n");

    /// <summary>Makes the form post in this encoding, as the `enctype` of HTML says.</summary>
    public void Encode(string encoding)
    {
        var index = Path.Combine(Folder, "site", "index.html");
        var html = File.ReadAllText(index);
        Assert.Contains("novalidate>", html, StringComparison.Ordinal);
        var encoded = $"novalidate enctype=\"{encoding}\">";
        File.WriteAllText(index, html.Replace("novalidate>", encoded, StringComparison.Ordinal));
    }

    public void AddPage(string name, string html) => File.WriteAllText(Path.Combine(Folder, "site", name), html);

    private void Declare(string yaml) => File.WriteAllText(Path.Combine(Folder, "postroom.yaml"), yaml);
}
