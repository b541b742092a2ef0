using Microsoft.AspNetCore.Http;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>Makes the entry of a POST from what the stages have found.</summary>
internal static class EntryMaker
{
    private const int HeaderMax = 256;

    public static Entry Make(PostExchange exchange, StoredAnswer? answer = null)
    {
        var headers = exchange.Http.Request.Headers;
        return new Entry
        {
            Id = exchange.Id,
            Endpoint = exchange.Plan.Path,
            State = exchange.HeldReason is null ? EntryState.Stored : EntryState.Held,
            Reason = exchange.HeldReason,
            Evidence = exchange.HeldEvidence,
            ReceivedAt = exchange.ReceivedAt,
            Document = exchange.Document,
            Control = ControlFields.Kept(exchange),
            MediaType = exchange.MediaType,
            Files = exchange.Files,
            Key = exchange.Key,
            Fingerprint = exchange.Fingerprint,
            ExpiresAt = exchange.KeyExpiresAt,
            Answer = answer,
            Owner = exchange.Caller.IsAnonymous ? null : exchange.Caller.Name,
            Agent = Cut(headers.UserAgent.ToString()),
            Address = Address(exchange),
            Origin = Cut(exchange.PageOrigin),
        };
    }

    private static string? Cut(string? text) =>
        text is null or "" ? null : text.Length <= HeaderMax ? text : text[..HeaderMax];

    /// <summary>
    /// In production an address loses its last part: enough to see a flood, too little to name a person.
    /// </summary>
    private static string? Address(PostExchange exchange)
    {
        if (exchange.Held is { } held)
        {
            return held.Address;
        }

        var address = exchange.Caller.Address;
        if (address.Address is not { } full || exchange.Plan.IsDevelopment)
        {
            return address.Text;
        }

        Span<byte> bytes = stackalloc byte[16];
        full.TryWriteBytes(bytes, out var length);
        bytes[(length == 4 ? 3 : 6)..length].Clear();
        return new System.Net.IPAddress(bytes[..length]).ToString();
    }
}
