namespace Postroom.Server.Commands;

/// <summary>What the program says to the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command could not do its work; a message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The disk failed in a commit (EX_SOFTWARE of sysexits.h): restart to learn what the file says.</summary>
    public const int Poisoned = 70;
}
