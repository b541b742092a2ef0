using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Endpoints.Uploads;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Answers.Catalogue;

/// <summary>How each kind of refusal comes about that only uploads have.</summary>
internal static class UploadRefusals
{
    private const string Tus = "Tus-Resumable: 1.0.0";
    private const string Bytes = "application/octet-stream";
    private const string TusBytes = "application/offset+octet-stream";

    public static IEnumerable<RefusalCase> All() =>
    [
        new("digest-mismatch") { Endpoint = Plain, MediaType = Bytes, Headers = ["Content-Digest: sha-256=:AAAA:"] },
        new("inconsistent-upload-length")
        {
            Endpoint = Plain, MediaType = Bytes, Headers = ["Upload-Complete: ?1", "Upload-Length: 9999"],
        },
        new("tus-version-unsupported") { Endpoint = Plain, Headers = ["Tus-Resumable: 0.1.0"] },
        new("upload-interrupted")
        {
            Endpoint = Plain,
            Body = "",
            Headers = [Tus, "Upload-Length: 5"],
            Outcome = new UnitOutcome(UnitVerdict.Refused, new UploadHeld(default, 1)),
        },
        new("too-many-open-uploads")
        {
            Endpoint = Plain,
            Body = "",
            Headers = [Tus, "Upload-Length: 5"],
            Outcome = new UnitOutcome(UnitVerdict.Refused, new UploadRoom("/", "x", 0, null, 3)),
        },
        new("upload-quota-reached")
        {
            Endpoint = endpoint => Plain(endpoint) with { Limits = endpoint.Limits with { CallerBytes = 1 } },
            MediaType = Bytes,
        },
        new("image-too-large")
        {
            Endpoint = endpoint => Plain(endpoint) with { Files = new FilesDeclaration { Pixels = 1 } },
            MediaType = "image/gif",
            Body = "GIF89a\u0010\0\u0010\0\0\0",
        },
        new("scanner-unavailable")
        {
            Endpoint = endpoint => Plain(endpoint) with { Files = new FilesDeclaration { Scanner = "unix:/nowhere" } },
            MediaType = "text/plain",
            Body = "text",
        },
        Infected(), Completed(), OnOpen("mismatching-upload-offset", "Upload-Offset: 3"),
        OnOpen("checksum-mismatch", "Upload-Offset: 0", "Upload-Checksum: sha1 AAAA"), Gone(), Range(),
    ];

    private static EndpointDeclaration Plain(EndpointDeclaration endpoint) => endpoint with
    {
        Kind = EndpointKind.Upload,
        Schema = null,
        Formats = ["multipart"],
        Spam = SpamDeclaration.Off,
    };

    private static RefusalCase Infected()
    {
        var clamd = new FakeClamd();
        return new RefusalCase("file-infected")
        {
            Endpoint = endpoint => Plain(endpoint) with { Files = new FilesDeclaration { Scanner = clamd.Address } },
            MediaType = "text/plain",
            Body = FakeClamd.Word,
            After = () => clamd.DisposeAsync().AsTask(),
        };
    }

    private static RefusalCase OnOpen(string code, params string[] headers)
    {
        var path = "";
        return new RefusalCase(code)
        {
            Endpoint = Plain,
            Method = "PATCH",
            PathThen = () => path,
            MediaType = TusBytes,
            Body = "x",
            Headers = [Tus, .. headers],
            Before = async host => path = await CreateAsync(host),
        };
    }

    private static RefusalCase Gone()
    {
        var path = "";
        return new RefusalCase("upload-gone")
        {
            Endpoint = Plain,
            Method = "PATCH",
            PathThen = () => path,
            MediaType = TusBytes,
            Headers = [Tus, "Upload-Offset: 0"],
            Before = async host =>
            {
                path = await CreateAsync(host);
                using var cancelled = await host.SendAsync(HttpMethod.Delete, path, ("Tus-Resumable", "1.0.0"));
                Assert.Equal(204, (int)cancelled.StatusCode);
            },
        };
    }

    private static RefusalCase Completed()
    {
        var path = "";
        return new RefusalCase("completed-upload")
        {
            Endpoint = Plain,
            Method = "PATCH",
            PathThen = () => path,
            MediaType = "application/partial-upload",
            Headers = ["Upload-Offset: 0", "Upload-Complete: ?0"],
            Before = async host => path = await UploadAsync(host),
        };
    }

    private static RefusalCase Range()
    {
        var path = "";
        return new RefusalCase("range-not-satisfiable")
        {
            Endpoint = Plain,
            Method = "GET",
            IsRead = true,
            PathThen = () => path,
            Body = "",
            Headers = ["Range: bytes=100-"],
            Before = async host => path = await UploadAsync(host),
        };
    }

    private static async Task<string> CreateAsync(PostHost host)
    {
        using var begun = await host.SendAsync(
            HttpMethod.Post, "/api/contact", ("Tus-Resumable", "1.0.0"), ("Upload-Length", "5"));
        return begun.Header("Location")!;
    }

    private static async Task<string> UploadAsync(PostHost host)
    {
        using var stored = await host.PostAsync("/api/contact", "text/plain", "text");
        return stored.Header("Location")!;
    }
}
