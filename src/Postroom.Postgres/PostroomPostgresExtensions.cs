using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Storage;

namespace Postroom.Postgres;

/// <summary>Chooses PostgreSQL as the store.</summary>
public static class PostroomPostgresExtensions
{
    /// <summary>
    /// Keeps entries in a PostgreSQL database that several nodes share, and files in the data folder.
    /// </summary>
    /// <param name="builder">What <c>AddPostroom</c> gave.</param>
    /// <param name="connectionString">An address <c>postgres://…</c> or Npgsql's keywords.</param>
    /// <param name="configure">Changes the options.</param>
    public static PostroomBuilder UsePostgres(
        this PostroomBuilder builder, string connectionString,
        Func<PostgresStoreOptions, PostgresStoreOptions>? configure = null)
    {
        var options = new PostgresStoreOptions { ConnectionString = connectionString };
        return builder.UseStore(services => new PostgresStoreFactory(
            configure is null ? options : configure(options),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<EntropySource>(),
            services.GetRequiredService<ILogger<PostgresPostStore>>()));
    }
}
