using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Server.Tests.Programs;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Servers;

/// <summary>A host in C# on PostgreSQL.</summary>
public sealed class HostTests(PostgresServer server)
{
    [Fact]
    public async Task A_host_says_which_database()
    {
        using var folder = TestFolder.With("endpoints: {/api/contact: {kind: form}}");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["DATABASE_URL"] = server.ConnectionString;

        builder.AddPostroom().UsePostgres(builder.Configuration["DATABASE_URL"]!);

        await using var app = builder.Build();
        app.MapPostroom();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("postgres", app.Services.GetRequiredService<IPostStore>().Name);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
