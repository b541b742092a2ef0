using System.Text.Json;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// Finds in a document where its files stand, and what stands where only a file may: a text there was not sent as one.
/// </summary>
internal ref struct FilePlaces
{
    private const int FaultsMax = 100;

    private readonly IReadOnlyList<FilePlace> _places;
    private readonly IReadOnlyList<StagedFile> _files;
    private readonly List<FieldFault> _faults = [];
    private Utf8JsonReader _reader;

    private FilePlaces(
        ReadOnlySpan<byte> document, IReadOnlyList<FilePlace> places, IReadOnlyList<StagedFile> files)
    {
        _reader = new(document, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
        _places = places;
        _files = files;
    }

    /// <param name="document">JSON that a walk has accepted.</param>
    /// <param name="shape">The schema's shape.</param>
    /// <param name="places">Where names of files were written.</param>
    /// <param name="files">The files; each is told its pointer.</param>
    public static IReadOnlyList<FieldFault> Find(
        ReadOnlySpan<byte> document,
        FormShape shape,
        IReadOnlyList<FilePlace> places,
        IReadOnlyList<StagedFile> files)
    {
        FilePlaces finder = new(document, places, files);
        finder._reader.Read();
        finder.Value(shape, "");
        return finder._faults;
    }

    /// <summary>The same where one file alone was announced, whose name stands at a pointer.</summary>
    public static IReadOnlyList<FieldFault> FindTexts(ReadOnlySpan<byte> document, FormShape shape, string file) =>
        [.. Find(document, shape, [], []).Where(fault => fault.Pointer != file)];

    private void Value(FormShape shape, string pointer)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                for (int position = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; position++)
                {
                    Value(shape.Items, string.Create(
                        System.Globalization.CultureInfo.InvariantCulture, $"{pointer}/{position}"));
                }

                return;
            case JsonTokenType.StartObject:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = _reader.GetString()!;
                    FormShape property = shape.Property(System.Text.Encoding.UTF8.GetBytes(name));
                    _reader.Read();
                    Value(property, $"{pointer}/{FileField.Escape(name)}");
                }

                return;
            case JsonTokenType.String when FileAt(_reader.TokenStartIndex) is { } file:
                file.Field = pointer;
                return;
            case not JsonTokenType.Null when shape.IsFile && _faults.Count < FaultsMax:
                _faults.Add(new FieldFault(pointer, "file-expected",
                    "must be sent as a file: send the form as multipart/form-data"));
                return;
        }
    }

    private readonly StagedFile? FileAt(long offset)
    {
        foreach (FilePlace place in _places)
        {
            if (place.Offset == offset)
            {
                return _files[place.File];
            }
        }

        return null;
    }
}
