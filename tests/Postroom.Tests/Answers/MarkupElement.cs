namespace Postroom.Tests.Answers;

public sealed class MarkupElement(string name, MarkupElement? parent)
{
    public string Name { get; } = name;

    public MarkupElement? Parent { get; } = parent;

    public Dictionary<string, string> Attributes { get; } = [];

    public string Text { get; set; } = "";

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public bool IsIn(string name) => Parent is not null && (Parent.Name == name || Parent.IsIn(name));
}
