using System.Text.RegularExpressions;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>files: {s3: …}</c>.</summary>
internal static partial class BucketReader
{
    private const string Region = "us-east-1";

    /// <summary>The bucket; null where there is none, or not all of it.</summary>
    public static BucketDeclaration? Read(LoadScope scope, SourceMapping? files)
    {
        if (files?.Mapping("s3") is not { } s3)
        {
            return null;
        }

        var endpoint = ReadEndpoint(scope, s3.Text("endpoint"));
        var bucket = s3.Text("bucket");
        if (bucket is not null && !BucketName().IsMatch(bucket.Text))
        {
            scope.Fault(bucket,
                $"`{Excerpt.Of(bucket.Text)}` is no name of a bucket. It has 3 to 63 lower-case letters, digits, "
                + "hyphens and dots, with a letter or a digit at both ends.");
            return null;
        }

        return endpoint is null || bucket is null || s3.Text("accessKey") is not { } accessKey
            || s3.Text("secretKey") is not { } secretKey
            ? null
            : new BucketDeclaration(
                endpoint, bucket.Text, s3.Text("region")?.Text ?? Region, accessKey.Text, secretKey.Text,
                s3.Flag("pathStyle"));
    }

    private static Uri? ReadEndpoint(LoadScope scope, SourceScalar? text)
    {
        if (text is null)
        {
            return null;
        }

        if (WebAddress.TryParse(text.Text, out var address) && address.PathAndQuery == "/"
            && address.UserInfo.Length == 0 && address.Fragment.Length == 0)
        {
            return address;
        }

        scope.Fault(text,
            $"`{Excerpt.Of(text.Text)}` is not where an object store answers. Write scheme and host, such as "
            + "`https://s3.eu-central-1.amazonaws.com`, and the bucket in `bucket`.");
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
