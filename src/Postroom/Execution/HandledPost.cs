using System.Security.Claims;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>What a handler is given of a POST, just arrived or released.</summary>
/// <param name="Entry">Its entry's id.</param>
/// <param name="Document">Its document.</param>
/// <param name="Files">Its files.</param>
/// <param name="Caller">Who sent it; null for nobody in particular.</param>
internal readonly record struct HandledPost(
    EntryId Entry, ReadOnlyMemory<byte> Document, IReadOnlyList<EntryFile> Files, ClaimsPrincipal? Caller)
{
    /// <summary>The record that is created or changed; empty for a form.</summary>
    public EntryId Record { get; init; }

    public PostAction Action { get; init; }

    public static HandledPost Of(PostExchange exchange) => new(
        exchange.Id, exchange.Document, exchange.Files,
        exchange.Caller.IsAnonymous ? null : exchange.Caller.Principal);

    /// <summary>Whoever was signed in when it came is not signed in now.</summary>
    public static HandledPost Of(Entry entry) => new(entry.Id, entry.Document, entry.Files, Caller: null);
}
