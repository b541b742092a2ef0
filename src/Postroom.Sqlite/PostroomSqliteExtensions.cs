using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>Chooses SQLite as the store.</summary>
public static class PostroomSqliteExtensions
{
    /// <summary>Keeps everything in one SQLite file of the data folder that the declaration names.</summary>
    /// <param name="builder">What <c>AddPostroom</c> gave.</param>
    /// <param name="configure">Changes the options; the folder and the queue are filled in already.</param>
    public static PostroomBuilder UseSqlite(
        this PostroomBuilder builder, Func<SqliteStoreOptions, SqliteStoreOptions>? configure = null) =>
        builder.UseStore(services => new SqliteStoreFactory(
            configure ?? (options => options),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<EntropySource>(),
            services.GetRequiredService<ILogger<SqlitePostStore>>()));
}
