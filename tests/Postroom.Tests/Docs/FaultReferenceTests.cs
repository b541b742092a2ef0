using Postroom.Hosting;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Docs;

public sealed class FaultReferenceTests
{
    /// <summary>POSTROOM_REWRITE=1 writes the page anew.</summary>
    [Fact]
    public void The_page_of_refusals_is_what_the_catalogue_says()
    {
        var path = Path.Combine(Repository.Root, "docs", "errors.md");
        if (Environment.GetEnvironmentVariable("POSTROOM_REWRITE") == "1")
        {
            File.WriteAllText(path, FaultReference.Markdown());
        }

        Assert.Equal(FaultReference.Markdown(), File.ReadAllText(path));
    }
}
