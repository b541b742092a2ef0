using System.Diagnostics.CodeAnalysis;

namespace Postroom.Declarations;

/// <summary>What became of a declaration: the declaration, or everything that is wrong with it.</summary>
/// <param name="Declaration">The declaration; null with any fault.</param>
/// <param name="Faults">All faults by file, line and column; empty with a declaration.</param>
/// <param name="Files">Absolute paths of all files that were read or looked for, the declaration first: what to
/// watch.</param>
public sealed record DeclarationResult(
    PostroomDeclaration? Declaration, IReadOnlyList<DeclarationFault> Faults, IReadOnlyList<string> Files)
{
    /// <summary>True when there is a declaration.</summary>
    [MemberNotNullWhen(true, nameof(Declaration))]
    public bool Succeeded => Declaration is not null;
}
