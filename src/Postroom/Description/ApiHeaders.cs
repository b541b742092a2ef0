using System.Text.Json.Nodes;
using Postroom.Faults;

namespace Postroom.Description;

/// <summary>The header lines of answers, said once for all operations.</summary>
internal static class ApiHeaders
{
    public const string Entry = "Postroom-Entry";
    public const string Status = "Idempotency-Status";
    public const string Expires = "Idempotency-Expires";
    public const string FirstSeen = "Idempotency-First-Seen";
    public const string Location = "Location";
    public const string RetryAfter = "Retry-After";
    public const string EntityTag = "ETag";
    public const string LastModified = "Last-Modified";
    public const string Link = "Link";
    public const string Applied = "Preference-Applied";

    private const string Allow = "Allow";
    private const string Challenge = "WWW-Authenticate";
    private const string AcceptPost = "Accept-Post";
    private const string AcceptEncoding = "Accept-Encoding";

    private static readonly (string Name, string Type, string Description)[] s_known =
    [
        (Entry, "string", "The id of the entry: the reference to ask by."),
        (Status, "string", "`created` for the first request with its key, `replayed` for a repeat, `ignored` where a "
            + "key means nothing."),
        (Expires, "string", "Until when the key and its answer are kept (HTTP date)."),
        (FirstSeen, "string", "With a repeat: when the first came (HTTP date)."),
        (Location, "string", "Where to go on."),
        (RetryAfter, "integer", "After how many seconds the same request makes sense again, where that is known."),
        (EntityTag, "string", "The version of the record: what `If-Match` and `If-None-Match` name."),
        (LastModified, "string", "When the record was changed last (HTTP date)."),
        (Link, "string", "`rel=\"next\"`: the next page (RFC 8288)."),
        (Applied, "string", "`return=minimal` where that was preferred."),
        (Allow, "string", "The methods that the path knows."),
        (Challenge, "string", "How to sign in."),
        (AcceptPost, "string", "With `media-type-unsupported`: the media types that are taken; after a PATCH "
            + "the line is called `Accept-Patch`."),
        (AcceptEncoding, "string", "With `content-coding-unsupported`: the codings that are taken."),
    ];

    /// <summary>What an answer may say of an entry and its key.</summary>
    public static IReadOnlyList<string> OfEntry { get; } = [Entry, Status, Expires, FirstSeen];

    /// <summary>The header lines that refusals of these kinds may have.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<FaultKind> kinds)
    {
        var names = new List<string>();
        foreach (var kind in kinds)
        {
            names.AddRange(kind.Code switch
            {
                "unauthenticated" => [Challenge],
                "method-not-allowed" => [Allow],
                "media-type-unsupported" => [AcceptPost],
                "content-coding-unsupported" => [AcceptEncoding],
                "precondition-failed" => [EntityTag],
                "rejected" => OfEntry,
                _ when kind.Retry == RetryAdvice.SameRequest => [RetryAfter],
                _ => [],
            });
        }

        return [.. names.Distinct()];
    }

    /// <summary>Those that any of the operations has, as components.</summary>
    public static JsonObject Describe(IReadOnlyList<ApiOperation> operations)
    {
        var used = operations
            .SelectMany(operation => operation.Answers.SelectMany(answer => answer.Headers)
                .Concat(Of(operation.Refusals)))
            .ToHashSet(StringComparer.Ordinal);
        var headers = new JsonObject();
        foreach (var (name, type, description) in s_known.Where(known => used.Contains(known.Name)))
        {
            headers[name] = new JsonObject
            {
                ["description"] = description,
                ["schema"] = new JsonObject { ["type"] = type },
            };
        }

        return headers;
    }
}
