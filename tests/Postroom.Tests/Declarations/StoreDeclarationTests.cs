using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

public sealed class StoreDeclarationTests
{
    [Fact]
    public void A_declaration_in_a_log_does_not_show_how_to_reach_the_database()
    {
        var declaration = new PostroomDeclaration { Store = new() { Postgres = "postgres://ada:secret@db/posts" } };

        Assert.DoesNotContain("secret", declaration.ToString(), StringComparison.Ordinal);
    }
}
