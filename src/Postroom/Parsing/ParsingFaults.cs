using System.Globalization;
using System.Text;
using Postroom.Faults;
using Postroom.Parsing.Uploads;

namespace Postroom.Parsing;

/// <summary>The refusals of this room, each worded once.</summary>
internal static class ParsingFaults
{
    /// <summary>Names in messages are cut here: a message is for people.</summary>
    private const int NameShownMax = 60;

    public static Fault EmptyBody { get; } = new(FaultCatalogue.EmptyBody,
        "The body is empty. Send the fields as JSON or as form data.");

    public static Fault NotAnObject { get; } = new(FaultCatalogue.ValidationFailed,
        "Send a JSON object with the fields, such as {\"name\": \"Ada\"}.")
    {
        Errors = [new FieldFault("", "type", "must be an object with the fields")],
    };

    public static Fault JsonSentAsForm { get; } = new(FaultCatalogue.MediaTypeMismatch,
        "The body looks like JSON but Content-Type says form data. Add `Content-Type: application/json`.");

    public static Fault ObjectText { get; } = new(FaultCatalogue.MalformedJson,
        "The body is `[object Object]`, the text that JavaScript makes of an object. Send `JSON.stringify(…)` of it.");

    public static Fault FormSentAsJson { get; } = new(FaultCatalogue.MediaTypeMismatch,
        "The body looks like form data but Content-Type says JSON. "
        + "Send JSON, or set `Content-Type: application/x-www-form-urlencoded`.");

    public static Fault MultipartSentAsOther { get; } = new(FaultCatalogue.MediaTypeMismatch,
        "The body looks like multipart/form-data but Content-Type says otherwise. "
        + "Leave Content-Type out, so that the client sets it together with the boundary.");

    public static Fault JsonIsWide { get; } = new(FaultCatalogue.MalformedJson,
        "The JSON is UTF-16 or UTF-32. JSON is sent as UTF-8 (RFC 8259 §8.1).");

    public static Fault JsonHasMark { get; } = new(FaultCatalogue.MalformedJson,
        "The JSON begins with a byte order mark. Save it as UTF-8 without BOM (RFC 8259 §8.1).");

    public static Fault NotUtf8 { get; } = new(FaultCatalogue.MalformedForm,
        "The form data is not UTF-8. Serve the page as UTF-8, or add accept-charset=\"utf-8\" to the form.");

    public static Fault NameMissing { get; } = new(FaultCatalogue.MalformedForm,
        "A field of the form has no name. Give every field a name.");

    public static Fault FileRefused { get; } = new(FaultCatalogue.FilesUnsupported,
        "The form holds a file, and this endpoint takes fields only. Send the form without the file.");

    public static Fault MultipartCutOff { get; } = new(FaultCatalogue.IncompleteBody,
        "The multipart body ends without its closing boundary. Send it again.");

    public static Fault XmlSentAs(string what) => new(FaultCatalogue.MediaTypeMismatch,
        $"The body looks like XML but Content-Type says {what}. Add `Content-Type: application/xml`.");

    public static Fault SentAsXml(string what, string mediaType) => new(FaultCatalogue.MediaTypeMismatch,
        $"The body looks like {what} but Content-Type says XML. Add `Content-Type: {mediaType}`.");

    public static Fault ItemNotAnObject(int position) => new(FaultCatalogue.ValidationFailed,
        $"Item {position + 1} of the list is no object. Send objects with the fields.")
    {
        Errors = [new FieldFault($"/{position}", "type", "must be an object with the fields")],
    };

    public static Fault DocumentTooLarge(long limit) =>
        Limit("limits.body", limit, $"a document that takes more than {limit} bytes as JSON");

    public static Fault TooManyFields(int limit) => Limit("limits.fields", limit, $"more than {limit} fields");

    public static Fault NameTooLong(int limit) =>
        Limit("limits.name", limit, $"a field whose name is longer than {limit} bytes");

    public static Fault ValueTooLong(ReadOnlySpan<byte> name, int limit) =>
        Limit("limits.value", limit, $"a value longer than {limit} bytes in the field {Shown(name)}");

    public static Fault TooManyParts(int limit) => Limit("limits.parts", limit, $"more than {limit} parts");

    public static Fault TooManyFiles(int limit) => Limit("limits.files", limit, $"more than {limit} files");

    public static Fault FileTooLarge(in IncomingFile file, long limit) => new(FaultCatalogue.FileTooLarge,
        string.Create(CultureInfo.InvariantCulture,
            $"The file \"{file.Name}\" has more than {limit:N0} bytes. Send a smaller one."))
    {
        Limit = new LimitFault("limits.file", limit),
        Errors =
        [
            new FieldFault(file.Pointer, "file-too-large", string.Create(
                CultureInfo.InvariantCulture, $"must be a file of at most {limit:N0} bytes")),
        ],
    };

    public static Fault FileUnexpected(ReadOnlySpan<byte> name, string pointer) => new(FaultCatalogue.ValidationFailed,
        $"The field {Shown(name)} takes no file. Send the file in a field that does, or leave it out.")
    {
        Errors = [new FieldFault(pointer, "file-unexpected", "takes no file")],
    };

    public static Fault TooDeep(int limit) => Limit("limits.depth", limit, $"fields nested deeper than {limit} levels");

    public static Fault IndexTooLarge(ReadOnlySpan<byte> name, int limit) =>
        Limit("limits.index", limit, $"a position above {limit} in the field {Shown(name)}");

    public static Fault Contradiction(ReadOnlySpan<byte> name) => new(FaultCatalogue.MalformedForm,
        $"The field {Shown(name)} contradicts another field: the same name stands for different kinds of content, "
        + "such as a text and a group, or positions and names. Keep to one.");

    public static Fault GroupsWithoutPosition(ReadOnlySpan<byte> name) => new(FaultCatalogue.MalformedForm,
        $"The name {Shown(name)} does not say to which group it belongs. Number the groups: a[0][b], a[1][b].");

    public static Fault ControlRepeated(ReadOnlySpan<byte> name) => new(FaultCatalogue.MalformedForm,
        $"The field {Shown(name)} came more than once. Send it once.");

    public static Fault Nul(string pointer) => new(FaultCatalogue.MalformedForm,
        "A field holds the NUL character, which no text may have. Remove it and send again.")
    {
        Errors = [new FieldFault(pointer, "nul", "must not hold the NUL character")],
    };

    public static Fault Multipart(string what) => new(FaultCatalogue.MalformedForm,
        $"The multipart body breaks its format: {what}. See RFC 7578 and RFC 2046.");

    public static Fault Unsupported(string message) => new(FaultCatalogue.MediaTypeUnsupported, message);

    private static Fault Limit(string name, long value, string what) =>
        new(FaultCatalogue.LimitExceeded, $"The body has {what}. The limit is set by `{name}`.")
        {
            Limit = new LimitFault(name, value),
        };

    /// <summary>A name of the sender, cut and without control characters.</summary>
    public static string Shown(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name[..Math.Min(name.Length, NameShownMax)]);
        Span<char> shown = stackalloc char[text.Length];
        for (int index = 0; index < text.Length; index++)
        {
            shown[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }

        return name.Length > NameShownMax ? $"\"{shown}…\"" : $"\"{shown}\"";
    }
}
