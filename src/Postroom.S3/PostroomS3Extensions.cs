using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Hosting;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>Chooses a bucket of an object store for files.</summary>
public static class PostroomS3Extensions
{
    /// <summary>
    /// Keeps files in a bucket instead of the data folder, whatever store the entries are in. The start fails when the
    /// bucket cannot be read, written and deleted from.
    /// </summary>
    /// <param name="builder">What <c>AddPostroom</c> gave.</param>
    /// <param name="options">Which bucket, and the keys to it.</param>
    public static PostroomBuilder UseS3(this PostroomBuilder builder, S3Options options) =>
        builder.UseFiles(services => new S3FilesFactory(
            options,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<EntropySource>(),
            services.GetRequiredService<ILogger<S3FileStore>>()));
}
