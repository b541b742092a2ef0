namespace Postroom.Server.Tests.Programs;

/// <summary>How a program ended, and what it said.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>It ended with a sentence, not with a stack trace.</summary>
    public void AssertFailed(string message)
    {
        Assert.Equal(message, Error.TrimEnd());
        Assert.Equal(1, ExitCode);
        AssertNoStackTrace();
    }

    public void AssertNoStackTrace()
    {
        Assert.DoesNotContain("   at ", Error + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error + Output, StringComparison.Ordinal);
    }
}
