using System.Buffers.Text;
using System.Text;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Endpoints.Resources;

/// <summary>Where a list goes on: opaque to callers, stable whatever is added meanwhile.</summary>
internal static class RecordCursor
{
    public static string Of(EntryId last) => Base64Url.EncodeToString(last.ToArray());

    public static Fault? Parse(string? text, out EntryId? after)
    {
        after = null;
        if (text is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[EntryId.Size];
        if (text.Length != 22 || !Ascii.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != EntryId.Size)
        {
            return new Fault(FaultCatalogue.QueryInvalid,
                "`cursor` is none of ours. Take `next` of the page before, as it is, or leave it out.");
        }

        after = EntryId.Read(bytes);
        return null;
    }
}
