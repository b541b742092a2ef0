using System.Text;
using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// <c>text/plain</c>: the whole text is one field. The lines <c>name=value</c> that a form with
/// <c>enctype="text/plain"</c> sends are not taken apart: the HTML Standard calls them ambiguous, since a value may
/// hold a line break.
/// </summary>
internal sealed class TextFormat : IBodyFormat
{
    public string Name => BodyFormatNames.Text;

    public IReadOnlyList<string> MediaTypes => ["text/plain"];

    public bool HasTypes => false;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        if (!Utf8.IsValid(body))
        {
            return FormatFaults.NotUtf8(FaultCatalogue.MalformedBody, "text", body);
        }

        document.IsJson = true;
        if (context.TakesList)
        {
            document.StartArray();
        }

        document.StartObject();
        document.Name(Encoding.UTF8.GetBytes(context.TextField));
        document.String(ByteOrderMark.Skip(body));
        document.EndObject();
        if (context.TakesList)
        {
            document.EndArray();
        }

        return null;
    }
}
