using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Syntax;
using Postroom.Faults;

namespace Postroom.Expressions.Checking;

/// <summary>What names stand for: macros' items, variables, fields of the container.</summary>
internal sealed class NameScope(ExpressionEnvironment environment, FieldTable fields, FirstFault faults)
{
    private readonly Stack<(string Name, LocalNode Node)> _locals = [];

    /// <summary>How many names macros have given, in all.</summary>
    public int LocalCount { get; private set; }

    /// <summary>Gives a name to a macro's items until <see cref="Leave"/>.</summary>
    /// <returns>The number of the name.</returns>
    public int Enter(string name, ExpressionType type)
    {
        _locals.Push((name, new LocalNode(LocalCount, type)));
        return LocalCount++;
    }

    public void Leave() => _locals.Pop();

    /// <summary>What a bare name stands for; null, and a fault, when it is not known.</summary>
    public Node? Find(SyntaxNode.Name name)
    {
        if (Local(name.Text) is { } local)
        {
            return local;
        }

        if (Variable(name.Text) is { } variable)
        {
            return variable;
        }

        if (Container is { } container && container.Type.Fields.TryGetValue(name.Text, out var type))
        {
            return new FieldNode(container, [name.Text], type, fields);
        }

        faults.Add(name.Position, $"There is no `{name.Text}`.{Suggestion(name.Text, Known())}");
        return null;
    }

    /// <summary>The variable that the whole of <c>a.b.c</c> names, if there is one.</summary>
    public Node? FindQualified(SyntaxNode.Select select) =>
        QualifiedName(select) is { } name ? Variable(name) : null;

    /// <summary>A member of an object; null, and a fault, when it can have none of that name.</summary>
    public Node? Member(Node operand, string name, int position)
    {
        var type = operand.Type;
        if (type.Kind is not (ExpressionTypeKind.Map or ExpressionTypeKind.Dyn))
        {
            faults.Add(position, $"`{name}`: {TypeWords.With(type)} has no fields.");
            return null;
        }

        var known = type.Fields.TryGetValue(name, out var member) ? member
            : type.IsDyn ? ExpressionType.Dyn
            : type.Others;
        if (known is null)
        {
            faults.Add(position, $"There is no field `{name}`.{Suggestion(name, type.Fields.Keys)}");
            return null;
        }

        return operand switch
        {
            VariableNode { Variable: var variable } => new FieldNode(variable, [name], known, fields),
            FieldNode { Type.Kind: ExpressionTypeKind.Map } field =>
                new FieldNode(field.Variable, [.. field.Path, name], known, fields),
            _ => new MemberNode(operand, name, known),
        };
    }

    private ExpressionVariable? Container =>
        environment.Container is { } name ? environment.Find(name) : null;

    private LocalNode? Local(string name) => _locals.FirstOrDefault(local => local.Name == name).Node;

    private VariableNode? Variable(string name)
    {
        var variable = environment.Container is { } container ? environment.Find($"{container}.{name}") : null;
        return (variable ?? environment.Find(name)) is { } found ? new VariableNode(found) : null;
    }

    private string? QualifiedName(SyntaxNode node) => node switch
    {
        SyntaxNode.Name name => Local(name.Text) is null ? name.Text : null,
        SyntaxNode.Select { IsQuoted: false } select when QualifiedName(select.Operand) is { } prefix =>
            $"{prefix}.{select.Field}",
        _ => null,
    };

    private IEnumerable<string> Known()
    {
        var prefix = environment.Container + ".";
        return environment.Variables.Select(variable => variable.Name)
            .Select(name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name)
            .Concat(Container?.Type.Fields.Keys ?? [])
            .Concat(_locals.Select(local => local.Name));
    }

    private static string Suggestion(string written, IEnumerable<string> known)
    {
        var names = known.ToList();
        if (NearestName.Suggest(written, names) is { Length: > 0 } suggestion)
        {
            return suggestion;
        }

        const int shown = 10;
        var listed = names.Order(StringComparer.Ordinal).Select(name => $"`{name}`");
        return names.Count is 0 or > shown ? "" : $" Known are {string.Join(", ", listed)}.";
    }
}
