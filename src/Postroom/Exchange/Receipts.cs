using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// The addresses of receipts: made of the entry's id and the store's secret, so nothing is stored for them.
/// </summary>
internal sealed class Receipts(IPostStore store)
{
    public const string Route = "/_postroom/receipts/";
    private readonly SignedId _ids = new(store.Secret.Span, "receipt");

    public string Address(EntryId entry) => Route + _ids.Make(entry, "");

    public bool TryRead(string token, out EntryId entry) => _ids.TryRead(token, "", out entry);
}
