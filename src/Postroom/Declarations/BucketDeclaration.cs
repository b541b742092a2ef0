namespace Postroom.Declarations;

/// <summary>The bucket of an object store that keeps the files: <c>files: {s3: …}</c>.</summary>
/// <param name="Endpoint">Where the store answers: scheme, host and port.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Region">The region that requests are signed for.</param>
/// <param name="AccessKey">The access key's id.</param>
/// <param name="SecretKey">The secret of the access key.</param>
/// <param name="PathStyle">Whether the bucket is named in the path; null where the endpoint tells.</param>
public sealed record BucketDeclaration(
    Uri Endpoint, string Bucket, string Region, string AccessKey, string SecretKey, bool? PathStyle)
{
    /// <summary>Without the keys: declarations are printed and logged.</summary>
    public override string ToString() => $"{Endpoint.GetLeftPart(UriPartial.Authority)}/{Bucket}";
}
