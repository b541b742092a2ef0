using Postroom.Declarations;

namespace Postroom.Plans.Resources;

/// <summary>The rules of a resource, one for each action.</summary>
internal sealed class AccessRules
{
    private static readonly RecordAction[] s_actions = Enum.GetValues<RecordAction>();
    private readonly AccessRule?[] _rules;

    private AccessRules(AccessRule?[] rules) => _rules = rules;

    /// <summary>False when every action is everybody's or nobody's: then nothing depends on who calls.</summary>
    public bool KnowCallers => _rules.Any(rule => rule is { IsPublic: false });

    /// <summary>Null when the action is nobody's.</summary>
    public AccessRule? Of(RecordAction action) => _rules[(int)action];

    /// <summary>Reads the rules; what is wrong is added to the faults.</summary>
    public static AccessRules Of(string path, AccessDeclaration declared, List<DeclarationFault> faults)
    {
        var rules = new AccessRule?[s_actions.Length];
        foreach (var action in s_actions)
        {
            var text = Text(declared, action);
            var rule = rules[(int)action] = text is null ? null : AccessRule.Parse(text);
            var name = Name(action);
            if (text is not null && rule is null)
            {
                faults.Add(new DeclarationFault(path, 0, 0,
                    $"access.{name}: \"{text}\" is not a rule. Use public, authenticated, owner, role:x or scope:y."));
            }
            else if (action == RecordAction.Create && rule is { IsOwner: true })
            {
                faults.Add(new DeclarationFault(path, 0, 0,
                    "access.create: a record that is not there yet has no owner. Use authenticated."));
            }
        }

        if (Array.TrueForAll(rules, rule => rule is null))
        {
            faults.Add(new DeclarationFault(path, 0, 0,
                "access: say who may do what, such as {create: authenticated, read: owner}. "
                + "An action without a rule is nobody's."));
        }

        return new AccessRules(rules);
    }

    public static string Name(RecordAction action) => action switch
    {
        RecordAction.Create => "create",
        RecordAction.Read => "read",
        RecordAction.List => "list",
        RecordAction.Update => "update",
        _ => "delete",
    };

    private static string? Text(AccessDeclaration declared, RecordAction action) => action switch
    {
        RecordAction.Create => declared.Create,
        RecordAction.Read => declared.Read,
        RecordAction.List => declared.List,
        RecordAction.Update => declared.Update,
        _ => declared.Delete,
    };
}
