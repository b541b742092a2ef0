using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>One method of one path: what it takes, and everything that it may answer.</summary>
internal sealed record ApiOperation
{
    /// <summary>The endpoint to which it belongs.</summary>
    public required EndpointPlan Plan { get; init; }

    /// <summary>In lower case, as OpenAPI writes it.</summary>
    public required string Method { get; init; }

    /// <summary>With <c>{name}</c> for each parameter in it.</summary>
    public required string Path { get; init; }

    /// <summary>A name that no other operation has, fit for a function of a generated client.</summary>
    public required string Id { get; init; }

    /// <summary>A line.</summary>
    public required string Summary { get; init; }

    /// <summary>More; Markdown. Empty for nothing.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The body by media type; empty where there is none.</summary>
    public IReadOnlyList<ApiContent> Body { get; init; } = [];

    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>Every kind of refusal that it may give.</summary>
    public required IReadOnlyList<FaultKind> Refusals { get; init; }

    /// <summary>Who may: <c>public</c>, <c>authenticated</c>, <c>role:x</c>, <c>scope:y</c>.</summary>
    public required string Access { get; init; }
}
