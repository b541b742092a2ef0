using System.Globalization;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Sqlite;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Limits;

/// <summary>
/// Every limit there is, crossed on a real socket: the refusal has its status and names the limit and its value. A
/// property without a case fails here.
/// </summary>
public sealed class EveryLimitTests : IDisposable
{
    private readonly StoreKind _store = new("sqlite");

    public static TheoryData<string> EndpointLimits => NamesOf(typeof(LimitsDeclaration));

    public static TheoryData<string> ServerLimits => NamesOf(typeof(ServerLimitsDeclaration));

    [Theory]
    [MemberData(nameof(EndpointLimits))]
    public Task A_limit_of_an_endpoint_is_named(string limit) => JudgeAsync(LimitCases.OfEndpoint[limit]);

    [Theory]
    [MemberData(nameof(ServerLimits))]
    public Task A_limit_of_the_server_is_named(string limit) => JudgeAsync(LimitCases.OfServer[limit]);

    public void Dispose() => _store.Dispose();

    private static TheoryData<string> NamesOf(Type limits) => [.. limits.GetProperties().Select(property => property.Name)];

    private async Task JudgeAsync(LimitCase limit)
    {
        using var writer = new HeldWriter();
        var form = new EndpointDeclaration
        {
            Path = "/api/contact",
            Kind = EndpointKind.Form,
            Formats = ["json", "form", "multipart", "csv"],
            Limits = limit.Endpoint,
            Schema = limit.Schema,
        };
        if (limit.IsUpload)
        {
            form = form.AsUpload() with { Limits = limit.Endpoint };
        }

        // Production: in development nobody counts what comes from this machine.
        var declaration = new PostroomDeclaration
        {
            Url = new Uri("http://post.example.com"),
            Endpoints = [form],
            Limits = limit.Server,
        };
        await using var host = await PostHost.StartAsync(declaration, store: Choose(writer));
        if (limit.Stay is { } stay)
        {
            Assert.Equal("201", (await stay(host, writer)).Statuses);
        }

        var answer = await limit.Cross(host, writer);
        var status = limit.Status == 0 ? "" : limit.Status.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(status, answer.Statuses);
        if (limit.Name is null)
        {
            Assert.DoesNotContain("{", answer.Text, StringComparison.Ordinal);
            return;
        }

        var named = string.Create(
            CultureInfo.InvariantCulture, $$"""
            "limit":{"name":"{{limit.Name}}","value":{{limit.Value}}}
            """);
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
    }

    private Action<PostroomBuilder> Choose(HeldWriter writer) => builder =>
        builder.UseSqlite(options => options with { Folder = _store.Folder, Probe = writer });
}
