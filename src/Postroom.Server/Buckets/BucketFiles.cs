using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Files;
using Postroom.S3;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Buckets;

/// <summary>The bucket of a declaration, as the store of files knows it.</summary>
internal static class BucketFiles
{
    /// <summary>Where the files of a declaration are: in its bucket, else in the data folder.</summary>
    public static IFileStore Open(PostroomDeclaration declaration, string data) =>
        declaration.Store.Bucket is { } bucket
            ? new S3FileStore(OptionsOf(bucket), TimeProvider.System, EntropySource.System, NullLogger.Instance)
            : new DiskFileStore(Path.Combine(data, DataFolder.FilesName));

    public static S3Options OptionsOf(BucketDeclaration bucket) => new()
    {
        Endpoint = bucket.Endpoint,
        Bucket = bucket.Bucket,
        Region = bucket.Region,
        AccessKey = bucket.AccessKey,
        SecretKey = bucket.SecretKey,
        PathStyle = bucket.PathStyle,
    };
}
