using Microsoft.AspNetCore.Http;

namespace Postroom.S3.Tests.Servers;

/// <summary>A request as a <see cref="FaultyFront"/> sees it.</summary>
/// <param name="Kind">Its method, and what it is about: <c>PUT part</c>, <c>POST uploads</c>, <c>GET list</c>.</param>
/// <param name="Key">The object.</param>
/// <param name="Upload">The multipart upload.</param>
/// <param name="Source">What it copies; null for nothing.</param>
/// <param name="Address">Path and query.</param>
internal sealed record FrontRequest(string Kind, string Key, string Upload, string? Source, string Address)
{
    public static FrontRequest Of(HttpRequest request)
    {
        var path = request.Path.Value!.TrimStart('/');
        var key = path.Contains('/', StringComparison.Ordinal) ? path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : "";
        var source = request.Headers["x-amz-copy-source"].FirstOrDefault();
        var what = request.Query.ContainsKey("uploads") ? " uploads"
            : source is not null ? " copy"
            : request.Query.ContainsKey("partNumber") ? " part"
            : request.Query.ContainsKey("uploadId") ? " upload"
            : request.Query.ContainsKey("list-type") ? " list"
            : "";
        return new FrontRequest(
            request.Method + what, key, request.Query["uploadId"].ToString(), source,
            request.Path + request.QueryString.Value);
    }
}
