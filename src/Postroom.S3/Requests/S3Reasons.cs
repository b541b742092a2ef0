using System.Globalization;
using System.Security.Authentication;

namespace Postroom.S3.Requests;

/// <summary>Says why the bucket cannot be used, and what to do; without a word that the other side wrote.</summary>
internal static class S3Reasons
{
    public static string Of(S3Options options, Exception failure) => failure switch
    {
        { InnerException: AuthenticationException } =>
            $"The certificate of {Host(options)} is not trusted. Give the object store one of an authority that this "
            + "machine trusts, or add its authority to those of this machine.",
        OperationCanceledException =>
            $"The object store at {Host(options)} does not answer within {Seconds(options.AnswerWait)} s.",
        _ => $"The object store at {Host(options)} cannot be reached: {failure.Message} See whether it runs and "
            + "whether `files.s3.endpoint` is right.",
    };

    /// <param name="options">Where the bucket is.</param>
    /// <param name="request">What was refused.</param>
    /// <param name="code">What the refusal is called.</param>
    /// <param name="skew">How far the other clock is ahead of ours; null when it did not say.</param>
    public static string Of(S3Options options, S3Request request, string code, TimeSpan? skew) => code switch
    {
        S3Codes.NoSuchBucket =>
            $"There is no bucket `{options.Bucket}` at {Host(options)}. Create it, or correct `files.s3.bucket`.",
        "InvalidAccessKeyId" =>
            $"{Host(options)} does not know the access key. Correct `files.s3.accessKey`; it may have been revoked.",
        "SignatureDoesNotMatch" =>
            $"{Host(options)} does not accept the signature. Correct `files.s3.secretKey`; where it is right, see "
            + "whether something in between changes requests.",
        S3Codes.TimeTooSkewed => Skewed(options, skew),
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" =>
            $"The bucket `{options.Bucket}` is in another region or at another address than {Host(options)} with "
            + $"region `{options.Region}`. Correct `files.s3.region` and `files.s3.endpoint`.",
        "AccessDenied" =>
            $"The access key may not {request.Method.Method} in the bucket `{options.Bucket}` ({Seen(request)}). It "
            + "needs s3:ListBucket, s3:ListBucketMultipartUploads, s3:GetObject, s3:PutObject, s3:DeleteObject and "
            + "s3:AbortMultipartUpload.",
        _ => $"{Host(options)} refused {request.Method.Method} of {Seen(request)}: {Plain(code)}.",
    };

    private static string Skewed(S3Options options, TimeSpan? skew) => skew is { } by
        ? $"The clock of this machine is {Seconds(by.Duration())} s {(by > TimeSpan.Zero ? "behind" : "ahead of")} "
            + $"that of {Host(options)}, which refuses that. Set the clock, best by NTP."
        : $"The clock of this machine differs too much from that of {Host(options)}. Set the clock, best by NTP.";

    private static string Host(S3Options options) => options.Endpoint.GetLeftPart(UriPartial.Authority);

    private static string Seen(S3Request request) => request.Key.Length == 0 ? "the bucket" : request.Key;

    private static string Seconds(TimeSpan time) =>
        Math.Round(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>A name and no more, whatever stands in the answer.</summary>
    private static string Plain(string code) =>
        code.Length is > 0 and <= 64 && code.All(char.IsAsciiLetterOrDigit) ? code : "a refusal without a name";
}
