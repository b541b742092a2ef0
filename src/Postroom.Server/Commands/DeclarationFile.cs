using Postroom.Declarations;

namespace Postroom.Server.Commands;

/// <summary>Loads the declaration for a command, or ends it with every fault.</summary>
internal static class DeclarationFile
{
    public static PostroomDeclaration Load(string path)
    {
        var result = DeclarationLoader.Load(path, new DeclarationContext { IdentityAvailable = false });
        return result.Faults.Count == 0
            ? result.Declaration!
            : throw new CommandException(string.Join(Environment.NewLine, result.Faults));
    }
}
