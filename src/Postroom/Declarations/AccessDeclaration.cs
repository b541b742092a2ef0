namespace Postroom.Declarations;

/// <summary>
/// Who may do what with the records of a resource: <c>public</c>, <c>authenticated</c>, <c>owner</c> (whoever created
/// the record), <c>role:x</c> or <c>scope:y</c> for each action. An action without a rule is nobody's.
/// </summary>
public sealed record AccessDeclaration
{
    /// <summary>Who may create records; never <c>owner</c>, since there is no record yet.</summary>
    public string? Create { get; init; }

    /// <summary>
    /// Who may read a record whose address he knows. Records that he may not read do not exist for him.
    /// </summary>
    public string? Read { get; init; }

    /// <summary>Who may list records; <c>owner</c> lists the caller's own.</summary>
    public string? List { get; init; }

    /// <summary>Who may change a record.</summary>
    public string? Update { get; init; }

    /// <summary>Who may delete a record.</summary>
    public string? Delete { get; init; }

    /// <summary>The same rule for every action.</summary>
    public static AccessDeclaration All(string rule) =>
        new() { Create = rule, Read = rule, List = rule, Update = rule, Delete = rule };
}
