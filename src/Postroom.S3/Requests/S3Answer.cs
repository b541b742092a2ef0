namespace Postroom.S3.Requests;

/// <summary>An answer of the object store, its body still to be read.</summary>
/// <param name="response">The answer.</param>
/// <param name="code">What a refusal is called, such as <c>NoSuchKey</c>; null for a success.</param>
internal sealed class S3Answer(HttpResponseMessage response, string? code) : IDisposable
{
    public HttpResponseMessage Response => response;

    /// <summary>What a refusal is called; null for a success.</summary>
    public string? Code => code;

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsMissing => code is S3Codes.NoSuchKey or S3Codes.NoSuchUpload or S3Codes.InvalidRange;

    public string Tag => response.Headers.ETag?.ToString() ?? "";

    public void Dispose() => response.Dispose();
}
