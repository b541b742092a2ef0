using Postroom.Declarations;
using Postroom.Hosting;

namespace Postroom.Tests.Declarations;

public sealed class StoreDeclarationTests
{
    [Fact]
    public void A_declaration_in_a_log_does_not_show_how_to_reach_the_database()
    {
        var declaration = new PostroomDeclaration { Store = new() { Postgres = "postgres://ada:secret@db/posts" } };

        Assert.DoesNotContain("secret", declaration.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_store_counts_from_the_next_start() => Assert.Equal(
        ["store"], StartKeys.Changed(new(), new() { Store = new() { Postgres = "postgres://db/posts" } }));
}
