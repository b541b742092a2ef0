using System.Security.Claims;
using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>
/// What a handler of yours reads and writes inside the commit of a POST. Reads see a snapshot and become guards: if
/// what was read has changed at commit, the handler runs again, up to three times. Writes are committed with the
/// entry, its key and its answer, once. The code may run more than once, so it must have no effect outside: that
/// belongs to Afterwards.
/// </summary>
public interface IPostUnit
{
    /// <summary>The id under which the POST will be stored.</summary>
    EntryId Entry { get; }

    /// <summary>Of a resource: the record that is created or changed; empty for a form.</summary>
    EntryId Record => default;

    /// <summary>What the request does: of a form always a creation.</summary>
    PostAction Action => PostAction.Create;

    /// <summary>The accepted document, of a resource the record's as it will be: UTF-8 JSON.</summary>
    ReadOnlyMemory<byte> Document { get; }

    /// <summary>Who sent it; without an authenticated identity for anonymous callers.</summary>
    ClaimsPrincipal Caller { get; }

    /// <summary>
    /// The files that came with it, in the order sent. Their bytes can be read, and are durable before the commit; a
    /// POST that is turned down or fails leaves none behind.
    /// </summary>
    IReadOnlyList<IPostFile> Files { get; }

    /// <summary>
    /// Reads rows of a table of yours: <c>?1</c>, <c>?2</c> … stand for the parameters (null, string, long, int,
    /// bool, double, byte[]). At most 10,000 rows.
    /// </summary>
    /// <exception cref="NotSupportedException">The store has no statements.</exception>
    QueryResult Query(string text, params IReadOnlyList<object?> parameters);

    /// <summary>
    /// Adds a statement to the commit. A constraint that it breaks undoes the whole POST, which answers 500.
    /// </summary>
    void Execute(string text, params IReadOnlyList<object?> parameters);

    /// <summary>
    /// Turns the POST down: nothing is written, and the key stays free, so that a corrected request may use it again.
    /// </summary>
    /// <param name="message">What the caller should do, safe to show.</param>
    /// <param name="pointer">JSON Pointer of the field at fault; null when none is.</param>
    /// <param name="status">400, 402, 403, 404, 409, 410 or 422.</param>
    void Refuse(string message, string? pointer = null, int status = 422);

    /// <summary>
    /// Turns the POST down for good: the refusal is stored under the key with the statements added so far, and every
    /// repeat gets the same bytes (a declined payment, a waiting list).
    /// </summary>
    void RefuseFinally(string message, string? pointer = null, int status = 409);
}
