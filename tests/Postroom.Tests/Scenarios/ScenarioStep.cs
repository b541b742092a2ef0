namespace Postroom.Tests.Scenarios;

/// <summary>One request of a scenario and what is expected of its answer.</summary>
/// <param name="Line">Where it stands in its file.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query; names in braces stand for what was found before.</param>
/// <param name="Headers">Header lines of the request.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Status">The status.</param>
/// <param name="Expected">Header lines of the answer; <c>-</c> for one that must not be there.</param>
/// <param name="Answer">The body of the answer; null when it does not matter.</param>
internal sealed record ScenarioStep(
    int Line, string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string? Body, int Status,
    IReadOnlyList<(string Name, string Value)> Expected, string? Answer);
