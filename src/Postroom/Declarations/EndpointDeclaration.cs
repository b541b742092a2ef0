using Postroom.JsonSchema;

namespace Postroom.Declarations;

/// <summary>What is declared of one endpoint, in YAML or in C#: both build this.</summary>
public sealed record EndpointDeclaration
{
    /// <summary>The path, beginning with a slash, without a slash at the end, such as <c>/api/contact</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required EndpointKind Kind { get; init; }

    /// <summary>The JSON Schema as UTF-8 JSON; null takes any fields within the limits.</summary>
    public ReadOnlyMemory<byte>? Schema { get; init; }

    /// <summary>
    /// How the schema is compiled: what its references start from, and the documents to which they lead, such as a
    /// <see cref="SchemaFolder"/>. Formats refuse values unless told.
    /// </summary>
    public SchemaOptions SchemaOptions { get; init; } = SchemaOptions.AssertingFormats;

    /// <summary>The words of its answers.</summary>
    public RespondDeclaration Respond { get; init; } = new();

    /// <summary>
    /// Where a browser goes after a success: an absolute path or URL, resolved against the posting page's origin when
    /// that is listed in <c>origins</c>. Null leads to a receipt.
    /// </summary>
    public string? Redirect { get; init; }

    /// <summary>
    /// The form service for which its pages were written: its names count, and answers hold what its scripts read.
    /// Null, the default, takes Formspree's names, and Web3Forms' in a body with an access key.
    /// </summary>
    public FormService? Compatible { get; init; }

    /// <summary>
    /// Who may post to a form: <c>public</c>, <c>authenticated</c>, <c>role:x</c> or <c>scope:y</c>. Of a resource
    /// <see cref="ResourceDeclaration.Access"/> counts.
    /// </summary>
    public string Access { get; init; } = "public";

    /// <summary>
    /// The formats of bodies that it takes, by name: <c>json</c>, <c>form</c>, <c>multipart</c>, <c>xml</c>,
    /// <c>csv</c>, <c>ndjson</c>, <c>text</c>, and those that the host has added. The first four unless told.
    /// </summary>
    public IReadOnlyList<string> Formats { get; init; } = BodyFormatNames.Default;

    /// <summary>
    /// Namespaces of XML whose names keep a prefix, by prefix. Elements and attributes of all others lose theirs.
    /// </summary>
    public IReadOnlyDictionary<string, string> XmlNamespaces { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What files it takes, where it takes files.</summary>
    public FilesDeclaration Files { get; init; } = new();

    /// <summary>Its limits.</summary>
    public LimitsDeclaration Limits { get; init; } = new();

    /// <summary>How repeats are known.</summary>
    public IdempotencyDeclaration Idempotency { get; init; } = new();

    /// <summary>How people are told from programs.</summary>
    public SpamDeclaration Spam { get; init; } = new();

    /// <summary>When it takes POSTs; always unless told.</summary>
    public OpeningDeclaration Opening { get; init; } = new();

    /// <summary>Fields whose values no two stored entries share; checked from the time they are declared.</summary>
    public IReadOnlyList<UniqueDeclaration> Unique { get; init; } = [];

    /// <summary>How many entries it takes; null for any number.</summary>
    public QuotaDeclaration? Quota { get; init; }

    /// <summary>
    /// Origins beyond those of the whole server whose pages may post here: exact, such as
    /// <c>https://www.example.com</c>.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>
    /// The fields that say whose an entry is, as JSON Pointers such as <c>/email</c>, by which <c>postroom erase</c>
    /// finds it. Null for those that the schema gives the format <c>email</c>.
    /// </summary>
    public IReadOnlyList<string>? Person { get; init; }

    /// <summary>How long entries are kept; null for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>
    /// How long refused POSTs are kept, with their bodies, so that they can be run again; zero keeps none.
    /// </summary>
    public TimeSpan Quarantine { get; init; }

    /// <summary>What it is as a resource; of a form it says nothing.</summary>
    public ResourceDeclaration Resource { get; init; } = new();

    /// <summary>What it says as an endpoint for uploads; of others it says nothing.</summary>
    public UploadDeclaration Upload { get; init; } = new();

    /// <summary>
    /// The same as an endpoint for uploads, with what counts there unless told: files of up to 5 GB that may take a
    /// day, no rate, no rules about spam. Change it afterwards.
    /// </summary>
    public EndpointDeclaration AsUpload() => this with
    {
        Kind = EndpointKind.Upload,
        Formats = [BodyFormatNames.Multipart],
        Spam = SpamDeclaration.Off,
        Limits = Limits.ForUploads(),
        Quarantine = TimeSpan.Zero,
    };
}
