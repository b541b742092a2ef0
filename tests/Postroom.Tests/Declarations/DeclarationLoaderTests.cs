using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

public sealed class DeclarationLoaderTests
{
    [Fact]
    public void The_contact_example_loads()
    {
        var result = DeclarationLoader.Load(RepositoryFolder.Path("examples/contact"), new() { Environment = _ => null });

        Assert.Empty(result.Faults);
        var contact = Assert.Single(result.Declaration!.Endpoints);
        Assert.Equal("/api/contact", contact.Path);
        Assert.Equal("Thank you for contacting us, {{name}}!", contact.Respond.Created);
        Assert.Equal("/thanks.html", contact.Redirect);
        Assert.Equal(RepositoryFolder.Path("examples/contact/site"), result.Declaration.Site);
    }
}
