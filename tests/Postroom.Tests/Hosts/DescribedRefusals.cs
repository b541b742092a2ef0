using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.Plans;

namespace Postroom.Tests.Hosts;

/// <summary>
/// Sees to it that whatever an endpoint refuses in any test is said of its operation in the description.
/// </summary>
internal sealed class DescribedRefusals(IServiceProvider services) : DelegatingHandler
{
    private readonly PlanTable _plans = services.GetRequiredService<PlanTable>();
    private IReadOnlyList<EndpointPlan>? _described;
    private IReadOnlyList<ApiOperation> _operations = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == ProblemAnswer.MediaType && Find(request) is { } operation)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var code = problem.RootElement.GetProperty("code").GetString();
            Assert.True(
                operation.Refusals.Any(kind => kind.Status == (int)response.StatusCode && kind.Code == code),
                $"{operation.Id} is not described as giving {(int)response.StatusCode} {code}");
        }

        return response;
    }

    private ApiOperation? Find(HttpRequestMessage request)
    {
        var plans = _plans.Plans;
        if (_described != plans)
        {
            _operations = ApiDescription.Of(new PostroomDeclaration(), plans).Operations;
            _described = plans;
        }

        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath).Split('/');
        var fitting = _operations.Where(operation => Fits(operation.Path.Split('/'), path))
            .GroupBy(operation => operation.Path)
            .MinBy(operations => operations.Key.Count(letter => letter == '{'));
        return fitting?.FirstOrDefault(operation => operation.Method.Equals(request.Method.Method, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(pair => pair.First.StartsWith('{')
            || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
