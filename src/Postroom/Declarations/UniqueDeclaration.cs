namespace Postroom.Declarations;

/// <summary>Fields whose values, taken together, no two stored entries of an endpoint share.</summary>
/// <param name="Fields">One field, or several for a combination.</param>
public sealed record UniqueDeclaration(IReadOnlyList<UniqueField> Fields);
