namespace Postroom.Answers;

/// <summary>One of the values that a field can have.</summary>
internal sealed record FormOption(string Value, string Label);
