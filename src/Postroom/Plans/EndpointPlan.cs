using System.Collections.Frozen;
using System.Text;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans.Resources;
using Postroom.Plans.Uploads;

namespace Postroom.Plans;

/// <summary>
/// One endpoint, compiled: everything that a stage needs to know of it, computed once and never changed. A reload
/// makes new plans and swaps them; a POST in flight keeps the plan that it began with.
/// </summary>
internal sealed class EndpointPlan
{
    public required EndpointDeclaration Declaration { get; init; }

    public required CompiledSchema Schema { get; init; }

    /// <summary>Who may post.</summary>
    public required AccessRule Access { get; init; }

    /// <summary>What it is as a resource; null for a form.</summary>
    public ResourcePlan? Resource { get; init; }

    /// <summary>True when what it answers depends on who calls.</summary>
    public bool KnowsCallers => Resource?.Access.KnowCallers ?? !Access.IsPublic;

    /// <summary>The formats of bodies that it takes.</summary>
    public required TakenFormats Formats { get; init; }

    /// <summary>What files it takes; null when it takes none.</summary>
    public FileRules? Files { get; init; }

    /// <summary>What it is as an endpoint for uploads; null for others.</summary>
    public UploadPlan? Upload { get; init; }

    public required MessageTemplate Created { get; init; }

    public required OpeningTimes Opening { get; init; }

    /// <summary>What it has to give once only; null when it takes whatever comes.</summary>
    public Admission? Admission { get; init; }

    /// <summary>Null in development.</summary>
    public required Uri? Url { get; init; }

    /// <summary>Every origin that is listed for this endpoint or for the server, with the server's own.</summary>
    public required FrozenSet<string> Origins { get; init; }

    /// <summary>What log lines and receipts do not show.</summary>
    public required HiddenFields Hidden { get; init; }

    /// <summary>Zero when the same content is never taken for a repeat.</summary>
    public required TimeSpan SameContent { get; init; }

    /// <summary>The user's code inside the commit; null when there is none.</summary>
    public IPostHandler? Handler { get; init; }

    /// <summary>The user's code after the commit; null when there is none.</summary>
    public IPostFollowUp? FollowUp { get; init; }

    /// <summary>The plan of <c>/batch</c>; null where there is none.</summary>
    public EndpointPlan? Batch { get; set; }

    /// <summary>The plan of the resource whose <c>/batch</c> this is; null for all others.</summary>
    public EndpointPlan? BatchOf { get; init; }

    public string Path => Declaration.Path;

    public bool IsDevelopment => Url is null;

    public byte[] PathUtf8 => _pathUtf8 ??= Encoding.UTF8.GetBytes(Path);

    /// <summary>The name of the job that runs <see cref="FollowUp"/>.</summary>
    public string JobName => _jobName ??= "afterwards:" + Path;

    private byte[]? _pathUtf8;
    private string? _jobName;
}
