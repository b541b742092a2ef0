using static Postroom.Faults.RetryAdvice;

namespace Postroom.Faults;

/// <summary>Every kind of refusal there is: the documentation and the error pages are made from this list.</summary>
public static class FaultCatalogue
{
    /// <summary>400</summary>
    public static FaultKind EmptyBody { get; } = new("empty-body", 400, "The body is empty", AfterCorrection,
        "A POST must carry a body. Send the fields as JSON, as form data or as multipart.");

    /// <summary>400</summary>
    public static FaultKind IncompleteBody { get; } = new("incomplete-body", 400, "The body was cut off", SameRequest,
        "The connection ended before the whole body had arrived. Nothing was stored; send the same request again.");

    /// <summary>400</summary>
    public static FaultKind MalformedJson { get; } = new("malformed-json", 400, "The body is not valid JSON",
        AfterCorrection, "The JSON could not be read. The message names the line and column and what was found there.");

    /// <summary>400</summary>
    public static FaultKind MalformedForm { get; } = new("malformed-form", 400, "The form data cannot be read",
        AfterCorrection, "The urlencoded or multipart body does not follow its format, or its field names conflict.");

    /// <summary>400</summary>
    public static FaultKind MalformedXml { get; } = new("malformed-xml", 400, "The XML cannot be read",
        AfterCorrection, "The body is not well-formed XML 1.0, holds a DTD, or mixes text and elements. "
        + "The message says where.");

    /// <summary>400</summary>
    public static FaultKind MalformedCsv { get; } = new("malformed-csv", 400, "The CSV cannot be read", AfterCorrection,
        "The body does not follow RFC 4180 with a header row: a quote is not closed, or a row has more or fewer fields "
        + "than the header. The message names the line.");

    /// <summary>400</summary>
    public static FaultKind MalformedBody { get; } = new("malformed-body", 400, "The body cannot be read",
        AfterCorrection, "The body does not follow the format that `Content-Type` names. The message says where.");

    /// <summary>400</summary>
    public static FaultKind MalformedRequest { get; } = new("malformed-request", 400, "The request is malformed",
        AfterCorrection, "The request line, a header or the framing of the body breaks the rules of HTTP.");

    /// <summary>400</summary>
    public static FaultKind MalformedCoding { get; } = new("malformed-coding", 400,
        "The compressed body cannot be read", AfterCorrection,
        "The body is not what `Content-Encoding` says, its checksum does not fit, or bytes follow its end. "
        + "Send it without `Content-Encoding`, or compress it anew.");

    /// <summary>400</summary>
    public static FaultKind LimitExceeded { get; } = new("limit-exceeded", 400, "The body goes beyond a limit",
        AfterCorrection, "Too many fields or items, too long a name or value, too deep a nesting, or too large an "
        + "array index. The limit and its value are named; the owner of the endpoint can change it under `limits:`.");

    /// <summary>400</summary>
    public static FaultKind ValidationFailed { get; } = new("validation-failed", 400, "Some fields are not valid",
        AfterCorrection, "The document was read but breaks the endpoint's schema. `errors` lists every fault with the "
        + "JSON Pointer of its field. Correct them and send again; the same key may be kept.");

    /// <summary>400</summary>
    public static FaultKind KeyMissing { get; } = new("idempotency-key-missing", 400, "An idempotency key is required",
        AfterCorrection, "This endpoint takes no POST without the header `Idempotency-Key`. Send a random value of at "
        + "least 16 characters, made once for each message and kept for its retries.");

    /// <summary>400</summary>
    public static FaultKind KeyInvalid { get; } = new(
        "idempotency-key-invalid", 400, "The idempotency key is not valid", AfterCorrection,
        "`Idempotency-Key` must be one header of 1 to 255 visible ASCII characters, with or without "
        + "quotes; from a caller who is not signed in at least 16, so that nobody guesses it.");

    /// <summary>400</summary>
    public static FaultKind QueryInvalid { get; } = new("query-invalid", 400, "The query is not valid",
        AfterCorrection, "A parameter of the address, or a part of a query, is unknown or has a value that cannot be. "
        + "The message names it and says what can be.");

    /// <summary>401</summary>
    public static FaultKind Unauthenticated { get; } = new("unauthenticated", 401, "Sign in first", AfterCorrection,
        "This endpoint takes POSTs from known callers only, and this request did not say who sent it.");

    /// <summary>403</summary>
    public static FaultKind Forbidden { get; } = new("forbidden", 403, "Not allowed", Never,
        "The caller is known but the endpoint's access rule does not let him do this.");

    /// <summary>403</summary>
    public static FaultKind OriginRefused { get; } = new("origin-refused", 403, "This page may not post here", Never,
        "A browser says that the request comes from a page of another origin that is not listed. "
        + "Add the page's origin to `origins:` in postroom.yaml to allow it.");

    /// <summary>403</summary>
    public static FaultKind HttpsRequired { get; } = new("https-required", 403, "Only over https", Never,
        "The request came over plain http, where everybody on the way can read it, and the server's `url:` is https. "
        + "Send it to the https address. Behind a proxy that ends TLS, name the proxy's network under `proxies:` in "
        + "postroom.yaml, and let the proxy set `X-Forwarded-Proto`.");

    /// <summary>403</summary>
    public static FaultKind NotOpen { get; } = new("not-open", 403, "Not open at this moment", SameRequest,
        "The endpoint takes nothing before its `open.from` or outside its `open.hours`. The message says when it "
        + "opens, `Retry-After` how long that is.");

    /// <summary>404</summary>
    public static FaultKind NotFound { get; } = new("not-found", 404, "Nothing is here", Never,
        "No endpoint is declared at this path, or there is no such record, or none that the caller may see. Check the "
        + "address for a slip.");

    /// <summary>405</summary>
    public static FaultKind MethodNotAllowed { get; } = new("method-not-allowed", 405, "The method does not fit", Never,
        "The endpoint does not know this HTTP method. `Allow` lists those it knows.");

    /// <summary>408</summary>
    public static FaultKind BodyTooSlow { get; } = new("body-too-slow", 408, "The body came too slowly", SameRequest,
        "The body stalled, came below `limits.minimumRate`, or kept the server waiting longer than `limits.bodyTime`. "
        + "The limit and its value are named. It is never used for slow processing on our side.");

    /// <summary>409</summary>
    public static FaultKind KeyInUse { get; } = new("idempotency-key-in-use", 409, "The same request is running",
        SameRequest, "A request with this key is being processed at this moment. Send it again after the pause: it "
        + "gets the answer of the first.");

    /// <summary>409</summary>
    public static FaultKind Conflict { get; } = new("conflict", 409, "Changed meanwhile", SameRequest,
        "What the endpoint's own code had read, or the record itself, was changed by others each time it was tried. "
        + "Nothing was stored.");

    /// <summary>409</summary>
    public static FaultKind SoldOut { get; } = new("sold-out", 409, "Not enough is left", AfterCorrection,
        "The resource's `capacity` says how much the records of one key may take together, and there is less left than "
        + "this one would take. `left` says how much. Places whose hold has ended count as free. Nothing was stored.");

    /// <summary>409</summary>
    public static FaultKind Overlap { get; } = new("overlap", 409, "Overlaps with another", AfterCorrection,
        "The resource's `overlap` says that no two records of one key have ranges that overlap, with its buffer "
        + "between them. `existing` names one in the way, for a caller who may read it. Nothing was stored.");

    /// <summary>409</summary>
    public static FaultKind HoldEnded { get; } = new("hold-ended", 409, "Not confirmed in time", Never,
        "The record was held for a while, nobody confirmed it, and its place is free for others again. It cannot be "
        + "confirmed or changed any more: create a new one.");

    /// <summary>410</summary>
    public static FaultKind EntryRemoved { get; } = new("entry-removed", 410, "Received, and deleted since", Never,
        "The request repeats one whose entry was deleted, so that there is no answer to give again. It was not taken a "
        + "second time.");

    /// <summary>409</summary>
    public static FaultKind Duplicate { get; } = new("duplicate", 409, "Received before", AfterCorrection,
        "The endpoint's `unique` says that the named fields may come once, and an entry or a record with the same "
        + "values is stored. Of a record `existing` has the id and the address, for a caller who may read it; of an "
        + "entry nothing is said. Nothing was stored.");

    /// <summary>409</summary>
    public static FaultKind Referenced { get; } = new("referenced", 409, "Others refer to it", AfterCorrection,
        "Records of another resource hold the id of this one, and its schema says `delete: restrict`, or more would go "
        + "with it than one request may delete. The message names the resource and how many there are. Nothing was "
        + "deleted.");

    /// <summary>410</summary>
    public static FaultKind QuotaReached { get; } = new("quota-reached", 410, "As many as are taken have come", Never,
        "The endpoint has taken as many entries as its `quota` allows in all. Nothing was stored.");

    /// <summary>410</summary>
    public static FaultKind Closed { get; } = new("closed", 410, "Closed", Never,
        "The endpoint's `open.until` has passed, or no opening hours are left before it. Nothing was stored.");

    /// <summary>412</summary>
    public static FaultKind PreconditionFailed { get; } = new("precondition-failed", 412, "It is not as you know it",
        AfterCorrection, "`If-Match`, `If-None-Match` or `If-Unmodified-Since` names a state in which the record is "
        + "not. Nothing was changed. Read the record again, decide anew, and send its new `ETag`.");

    /// <summary>412</summary>
    public static FaultKind KeyExpired { get; } = new("idempotency-key-expired", 412, "The retry comes too late", Never,
        "The request says that it was first sent longer ago than keys are kept, so nobody can tell whether it happened "
        + "then. Check before sending it as a new one.");

    /// <summary>413</summary>
    public static FaultKind BodyTooLarge { get; } = new("body-too-large", 413, "The body is too large", AfterCorrection,
        "The body is larger than the endpoint's `limits.body`, or a compressed one becomes larger than "
        + "`limits.decodedBody` or swells beyond `limits.ratio`. The limit and its value are named.");

    /// <summary>413</summary>
    public static FaultKind FileTooLarge { get; } = new("file-too-large", 413, "A file is too large", AfterCorrection,
        "A file of the form is larger than the endpoint's `limits.file`. The field, the limit and its value are "
        + "named.");

    /// <summary>414</summary>
    public static FaultKind RequestLineTooLong { get; } = new("request-line-too-long", 414,
        "The request line is too long", AfterCorrection,
        "The method and the address, with its query, take more than `limits.requestLine`. Send in the body what does "
        + "not fit into an address.");

    /// <summary>415</summary>
    public static FaultKind MediaTypeUnsupported { get; } = new("media-type-unsupported", 415,
        "The format of the body is not supported", AfterCorrection,
        "`Content-Type` is missing or names a format or charset that the endpoint does not read. "
        + "`Accept-Post` lists those it does.");

    /// <summary>415</summary>
    public static FaultKind MediaTypeMismatch { get; } = new("media-type-mismatch", 415,
        "The body is not what Content-Type says", AfterCorrection,
        "The body looks like another format than the one named in `Content-Type`; often JSON sent as form data.");

    /// <summary>415</summary>
    public static FaultKind CodingUnsupported { get; } = new("content-coding-unsupported", 415,
        "The body's compression is not supported", AfterCorrection,
        "`Content-Encoding` names a coding that is not read. `Accept-Encoding` in the answer lists those that are.");

    /// <summary>415</summary>
    public static FaultKind FilesUnsupported { get; } = new("files-unsupported", 415, "Files are not taken here",
        AfterCorrection, "The form holds a file, and this endpoint takes fields only. Send the form without the file.");

    /// <summary>415</summary>
    public static FaultKind FileTypeRefused { get; } = new("file-type-refused", 415,
        "A file is of a type not taken here", AfterCorrection,
        "The type of a file, as its bytes, its name and its declared type show it, is not among those "
        + "that the endpoint takes, or they contradict each other. The message says what is taken; the owner of the "
        + "endpoint can change it under `files.types`.");

    /// <summary>417</summary>
    public static FaultKind ExpectationFailed { get; } = new("expectation-failed", 417, "The expectation is not known",
        AfterCorrection, "`Expect` may only be `100-continue` (RFC 9110 §10.1.1).");

    /// <summary>422</summary>
    public static FaultKind KeyReused { get; } = new("idempotency-key-reused", 422,
        "The key stands for another request", WithNewKey,
        "The same `Idempotency-Key` came before with another content. Make a new key for each new message, and keep it "
        + "only for retries of the same one.");

    /// <summary>422</summary>
    public static FaultKind Rejected { get; } = new("rejected", 422, "The request was turned down", AfterCorrection,
        "The endpoint's own rules say no. The message is theirs.");

    /// <summary>425</summary>
    public static FaultKind TooEarly { get; } = new("too-early", 425, "Sent too early", SameRequest,
        "The request came in TLS early data, which an attacker can repeat (RFC 8470). "
        + "Send it again after the handshake.");

    /// <summary>428</summary>
    public static FaultKind PreconditionRequired { get; } = new("precondition-required", 428,
        "Say which state you change", AfterCorrection,
        "The resource says `require: if-match`: a change names the state that it starts from, so that nobody "
        + "overwrites what he has not seen. Send `If-Match` with the `ETag` of the record.");

    /// <summary>429</summary>
    public static FaultKind RateExceeded { get; } = new("rate-exceeded", 429, "Too many requests", SameRequest,
        "This client has sent more than `limits.rate` allows. Wait as long as `Retry-After` says.");

    /// <summary>429</summary>
    public static FaultKind KeysExceeded { get; } = new("keys-exceeded", 429, "Too many keys", SameRequest,
        "This client has used more fresh idempotency keys than `limits.keys` allows in an hour.");

    /// <summary>429</summary>
    public static FaultKind StreamsExceeded { get; } = new("streams-exceeded", 429, "Too many open streams",
        SameRequest, "This client follows changes in as many streams as `limits.streamsPerClient` allows. Close one, "
        + "or wait as long as `Retry-After` says.");

    /// <summary>429</summary>
    public static FaultKind QuotaExceeded { get; } = new("quota-exceeded", 429, "Enough for this hour or day",
        SameRequest,
        "The endpoint has taken as many entries as its `quota` allows in an hour or a day, whoever sent them. "
        + "`Retry-After` says when the next begins. Nothing was stored.");

    /// <summary>431</summary>
    public static FaultKind HeadersTooLarge { get; } = new("headers-too-large", 431, "The header is too large",
        AfterCorrection, "The header has more lines than `limits.headers` or more bytes than `limits.headerBytes`; "
        + "often cookies that have piled up. The limit and its value are named.");

    /// <summary>500</summary>
    public static FaultKind InternalError { get; } = new("internal-error", 500, "Something failed on our side",
        SameRequest, "A fault of the server or of the endpoint's own code. The message says whether anything was "
        + "stored; the log has the details under the reference in it.");

    /// <summary>501</summary>
    public static FaultKind TransferCodingUnsupported { get; } = new("transfer-coding-unsupported", 501,
        "The transfer coding is not known", AfterCorrection,
        "`Transfer-Encoding` may only be `chunked`, once (RFC 9112 §6.1). A compressed body names its compression in "
        + "`Content-Encoding`.");

    /// <summary>503</summary>
    public static FaultKind Overloaded { get; } = new("overloaded", 503, "Too busy at this moment", SameRequest,
        "As many POSTs as `limits.queue` or `limits.queueBytes` allows are waiting for the store, bodies that are "
        + "being received take as much memory as `limits.bodyMemory` allows, or as many streams of changes are open as "
        + "`limits.streams` allows. Nothing was stored; try again after the pause.");

    /// <summary>503</summary>
    public static FaultKind OutcomeUnknown { get; } = new(
        "outcome-unknown", 503, "Nobody knows yet whether it happened", SameRequest,
        "The disk failed while the request was being stored. It may or may not have happened: send the "
        + "same request with the same key later, and it happens once in either case.");

    /// <summary>507</summary>
    public static FaultKind StorageFull { get; } = new("storage-full", 507, "The disk is full", SameRequest,
        "There is no space left to store the request durably. Nothing was stored; service resumes by itself when there "
        + "is space again.");

    /// <summary>All kinds, by status and code.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        EmptyBody, IncompleteBody, MalformedJson, MalformedForm, MalformedXml, MalformedCsv, MalformedBody,
        MalformedRequest, MalformedCoding, LimitExceeded, ValidationFailed, QueryInvalid, KeyMissing, KeyInvalid,
        Unauthenticated, Forbidden, OriginRefused, HttpsRequired, NotOpen, NotFound, MethodNotAllowed, BodyTooSlow,
        KeyInUse, Conflict, Duplicate, Referenced, SoldOut, Overlap, HoldEnded, EntryRemoved, Closed, QuotaReached,
        KeyExpired, PreconditionFailed, BodyTooLarge, FileTooLarge, RequestLineTooLong, MediaTypeUnsupported,
        MediaTypeMismatch, CodingUnsupported, FilesUnsupported, FileTypeRefused, ExpectationFailed, KeyReused,
        Rejected, TooEarly, PreconditionRequired, RateExceeded, KeysExceeded, StreamsExceeded, QuotaExceeded,
        HeadersTooLarge, InternalError, TransferCodingUnsupported, Overloaded, OutcomeUnknown, StorageFull,
        .. UploadKinds.All,
    ];
}
