namespace Postroom.Tests.Scenarios;

/// <summary>Requests in their order, to a server that has nothing yet.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Steps">The requests.</param>
internal sealed record Scenario(string Name, IReadOnlyList<ScenarioStep> Steps);
