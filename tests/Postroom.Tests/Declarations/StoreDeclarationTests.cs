using Postroom.Declarations;
using Postroom.Hosting;

namespace Postroom.Tests.Declarations;

public sealed class StoreDeclarationTests
{
    private static readonly BucketDeclaration s_bucket = new(
        new Uri("https://s3.example.com"), "uploads", "us-east-1", "secret id", "secret", null);

    [Fact]
    public void A_declaration_in_a_log_does_not_show_how_to_reach_the_database()
    {
        var declaration = new PostroomDeclaration { Store = new() { Postgres = "postgres://ada:secret@db/posts" } };

        Assert.DoesNotContain("secret", declaration.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_in_a_log_does_not_show_the_keys_of_the_bucket()
    {
        var declaration = new PostroomDeclaration { Store = new() { Bucket = s_bucket } };

        Assert.DoesNotContain("secret", declaration.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", s_bucket.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_bucket_counts_from_the_next_start() => Assert.Equal(
        ["files"], StartKeys.Changed(new(), new() { Store = new() { Bucket = s_bucket } }));

    [Fact]
    public void Another_store_counts_from_the_next_start() => Assert.Equal(
        ["store"], StartKeys.Changed(new(), new() { Store = new() { Postgres = "postgres://db/posts" } }));
}
