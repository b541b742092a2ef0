namespace Postroom.Server.Tests;

public sealed class BuildTests
{
    [Fact]
    public void The_test_project_runs() => Assert.Equal(4, 2 + 2);
}
