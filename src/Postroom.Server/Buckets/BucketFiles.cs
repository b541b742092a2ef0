using Postroom.Declarations;
using Postroom.S3;

namespace Postroom.Server.Buckets;

/// <summary>The bucket of a declaration, as the store of files knows it.</summary>
internal static class BucketFiles
{
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
