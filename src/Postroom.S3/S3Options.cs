namespace Postroom.S3;

/// <summary>Which bucket of which object store keeps the files, and how much of it is waited for.</summary>
public sealed record S3Options
{
    /// <summary>
    /// Where the store answers, such as <c>https://s3.eu-central-1.amazonaws.com</c>: scheme, host and port, no path.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The bucket. It is there already: it is never made, and never emptied.</summary>
    public required string Bucket { get; init; }

    /// <summary>
    /// The region that requests are signed for; <c>us-east-1</c> unless told, which most servers take.
    /// </summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The access key's id.</summary>
    public required string AccessKey { get; init; }

    /// <summary>The secret of the access key. It is never logged and never leaves the process.</summary>
    public required string SecretKey { get; init; }

    /// <summary>
    /// Whether the bucket is named in the path of an address, as most servers of one's own want it, or before the
    /// host, as Amazon wants it; null: before the host at <c>amazonaws.com</c>, else in the path.
    /// </summary>
    public bool? PathStyle { get; init; }

    /// <summary>How long an answer is waited for, and each further piece of it; 30 seconds unless told.</summary>
    public TimeSpan AnswerWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent until it is given up; 4 unless told.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>Where the bucket is, for people: without the keys.</summary>
    public override string ToString() => $"{Endpoint.GetLeftPart(UriPartial.Authority)}/{Bucket}";

    /// <summary>The bucket's own address, without a slash at its end.</summary>
    internal Uri Root => PathStyle ?? !Endpoint.Host.EndsWith("amazonaws.com", StringComparison.OrdinalIgnoreCase)
        ? new Uri(Endpoint, "/" + Bucket)
        : new UriBuilder(Endpoint) { Host = Bucket + "." + Endpoint.Host }.Uri;
}
