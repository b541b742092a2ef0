using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Postroom.Endpoints;
using Postroom.Endpoints.Resources;
using Postroom.Endpoints.Uploads;
using Postroom.Plans;

namespace Postroom.Hosting;

/// <summary>
/// Gives ASP.NET Core's routing an endpoint for each plan in force, and new ones when plans are swapped.
/// </summary>
internal sealed class PlanEndpointSource(IServiceProvider services, PlanTable plans, CodeForms forms)
    : EndpointDataSource
{
    public override IReadOnlyList<Endpoint> Endpoints =>
    [
        .. plans.Plans.Select(plan => Build(plan, plan.Path)),
        .. plans.Plans.Where(plan => plan.Resource is not null)
            .Select(plan => Build(plan, plan.Path + "/{" + ResourceEndpoint.RouteValue + "}")),
        .. plans.Plans.Where(plan => plan.Batch is not null).Select(BuildBatch),
        .. plans.Plans.Where(plan => plan.Resource is not null)
            .Select(plan => Build(plan, plan.Path + ResourceEndpoint.Query, http => Records.QueryAsync(http, plan))),
        .. plans.Plans.Where(plan => plan.Resource is { Hold: not null }).Select(BuildConfirmation),
        .. plans.Plans.Where(plan => plan.Resource is { Table.HasChanges: true })
            .Select(plan => Build(plan, plan.Path + ResourceEndpoint.Changes, http => Records.FollowAsync(http, plan))),
        .. plans.Plans.Where(plan => plan.Upload is not null).SelectMany(BuildFiles),
        .. plans.Plans.Where(plan => plan.Declaration.Spam.ProofOfWork is not null).Select(BuildChallenge),
    ];

    public override IChangeToken GetChangeToken() => plans.ChangeToken;

    private Endpoint Build(EndpointPlan plan, string path) => Build(plan, path, plan.Resource is null
        ? http => RunAsync(http, plan)
        : http => Records.RunAsync(http, plan));

    private Endpoint BuildBatch(EndpointPlan plan) =>
        Build(plan, plan.Batch!.Path, http => Records.BatchAsync(http, plan.Batch));

    private Endpoint BuildConfirmation(EndpointPlan plan) => Build(
        plan,
        $"{plan.Path}/{{{ResourceEndpoint.RouteValue}}}{ResourceEndpoint.Confirm}",
        http => Records.ConfirmAsync(http, plan));

    private Endpoint Build(EndpointPlan plan, string path, RequestDelegate run)
    {
        var builder = new RouteEndpointBuilder(run, RoutePatternFactory.Parse(path), order: 0)
        {
            DisplayName = "Postroom " + path,
            ApplicationServices = services,
        };
        foreach (var convention in forms.Find(plan.Path)?.Conventions ?? [])
        {
            convention(builder);
        }

        return builder.Build();
    }

    /// <summary>The files of an endpoint for uploads, and links to them.</summary>
    private IEnumerable<Endpoint> BuildFiles(EndpointPlan plan) =>
    [
        BuildFile(plan, "/{upload}", (http, id) => Uploads.RunAsync(http, plan, id)),
        BuildFile(plan, "/{upload}/link", (http, id) => Uploads.LinkAsync(http, plan, id)),
    ];

    private Endpoint BuildFile(EndpointPlan plan, string below, Func<HttpContext, string, Task> run) =>
        Build(plan, plan.Path + below, http => run(http, (string)http.GetRouteValue("upload")!));

    /// <summary>Routed like the form itself, so that whatever reaches the one reaches the other.</summary>
    private Endpoint BuildChallenge(EndpointPlan plan) => new RouteEndpointBuilder(
        http => services.GetRequiredService<ChallengeEndpoint>().RunAsync(http, plan),
        RoutePatternFactory.Parse(ChallengeEndpoint.Route + plan.Path),
        order: 0)
    {
        DisplayName = "Postroom challenge " + plan.Path,
        ApplicationServices = services,
    }.Build();

    // RFC 9110 §9.1: a method is case-sensitive. Who takes `post` for POST passes a proxy that judged by the method.
    private Task RunAsync(HttpContext http, EndpointPlan plan) =>
        plan.Upload is not null ? Uploads.RunAnyAsync(http, plan, Pipeline.RunAsync)
        : http.Request.Method == HttpMethods.Post ? Pipeline.RunAsync(http, plan)
        : services.GetRequiredService<FormEndpoint>().RunAsync(http, plan);

    private RecordRequests Records => services.GetRequiredService<RecordRequests>();

    // Made when the first POST comes: by then the store is open.
    private PostPipeline Pipeline => _pipeline ??= services.GetRequiredService<PostPipeline>();

    private UploadRequests Uploads => _uploads ??= services.GetRequiredService<UploadRequests>();

    private PostPipeline? _pipeline;
    private UploadRequests? _uploads;
}
