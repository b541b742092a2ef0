namespace Postroom.Declarations;

/// <summary>Everything that is declared: the whole of postroom.yaml, with paths made absolute.</summary>
public sealed record PostroomDeclaration
{
    /// <summary>The public address. Present: production, exact origins only. Absent: development.</summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// Addresses to listen on, such as <c>http://localhost:3000</c>. Read by the server program, not by the library.
    /// </summary>
    public IReadOnlyList<string> Listen { get; init; } = ["http://localhost:3000"];

    /// <summary>
    /// The certificate of https addresses. Null: in development one that the server signs itself, in production none,
    /// so that listening on https is a fault.
    /// </summary>
    public TlsDeclaration? Tls { get; init; }

    /// <summary>The folder of the SQLite files: absolute.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Which engine keeps the entries, and whether nodes share the files.</summary>
    public StoreDeclaration Store { get; init; } = new();

    /// <summary>The folder of static files; null for none. Absolute.</summary>
    public string? Site { get; init; }

    /// <summary>Origins whose pages may post: exact, lower case, without a slash at the end.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Networks of proxies whose forwarded headers count, in CIDR notation.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The limits of the whole server; those of an endpoint are the endpoint's own.</summary>
    public ServerLimitsDeclaration Limits { get; init; } = new();

    /// <summary>
    /// The largest size of all documents and answers together, in bytes; the oldest entries go first. Null for none.
    /// </summary>
    public long? StorageBytesMax { get; init; }

    /// <summary>How the endpoints are described to others.</summary>
    public OpenApiDeclaration OpenApi { get; init; } = new();

    /// <summary>The endpoints by path.</summary>
    public IReadOnlyList<EndpointDeclaration> Endpoints { get; init; } = [];

    /// <summary>True without <see cref="Url"/>.</summary>
    public bool IsDevelopment => Url is null;
}
