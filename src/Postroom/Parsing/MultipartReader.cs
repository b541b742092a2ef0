using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Parsing.Uploads;

namespace Postroom.Parsing;

/// <summary>
/// Reads a <c>multipart/form-data</c> body (RFC 7578) as it comes: texts into fields, files to where they stay, all
/// through one window of fixed size. Framing is strict, since two programs that read one body differently are how
/// checks are passed by: the body begins with its boundary (one empty line before it is let pass), lines end with
/// CRLF, each part is closed by the next boundary, and nothing follows the closing one.
/// </summary>
internal sealed class MultipartReader : IDisposable
{
    // The bytes behind a boundary that settle what it is: dashes, padding, the end of the line, and one more.
    private const int BoundaryEndMax = 24;

    private readonly MultipartWindow _window;
    private readonly byte[] _delimiter;
    private readonly LimitsDeclaration _limits;
    private readonly FormFields _fields;
    private readonly FileIntake? _files;
    private readonly FrameWriter? _frame;
    private readonly long _bodyMax;
    private PartStart _part;
    private long _plain;
    private int _fieldCount;
    private int _partCount;

    /// <param name="source">The body.</param>
    /// <param name="boundary">Judged valid.</param>
    /// <param name="limits">The endpoint's.</param>
    /// <param name="bodyMax">Bytes of everything that is not in a file.</param>
    /// <param name="fields">Takes the texts and the names of files.</param>
    /// <param name="files">Takes the files; null when the endpoint takes none.</param>
    /// <param name="frame">Takes down all but the contents of files; null when nobody wants it.</param>
    public MultipartReader(
        PipeReader source,
        ReadOnlySpan<byte> boundary,
        LimitsDeclaration limits,
        long bodyMax,
        FormFields fields,
        FileIntake? files,
        FrameWriter? frame = null)
    {
        Span<byte> delimiter = stackalloc byte[MultipartBoundary.DelimiterMax];
        _delimiter = delimiter[..MultipartBoundary.WriteDelimiter(boundary, delimiter)].ToArray();
        _window = new MultipartWindow(source);
        _limits = limits;
        _bodyMax = bodyMax;
        _fields = fields;
        _files = files;
        _frame = frame;
    }

    /// <summary>Reads the whole body; returns a refusal or null.</summary>
    public async ValueTask<Fault?> ReadAsync()
    {
        await _window.FillToAsync(_delimiter.Length);
        for (Fault? fault = Begin(); ; fault = await ReadPartAsync())
        {
            if (fault is not null)
            {
                return fault;
            }

            await _window.FillToAsync(BoundaryEndMax);
            switch (MultipartBoundary.ReadEnd(_window.Span, out int used))
            {
                case MultipartBoundaryEnd.Closing:
                    return Take(used) ?? (await _window.FillToAsync(1)
                        ? ParsingFaults.Multipart("something follows the closing boundary")
                        : null);
                case MultipartBoundaryEnd.CutOff:
                    return ParsingFaults.MultipartCutOff;
                case MultipartBoundaryEnd.Malformed:
                    return ParsingFaults.Multipart("a boundary is not followed by the end of its line (CRLF)");
            }

            if (Take(used) is { } tooLarge)
            {
                return tooLarge;
            }
        }
    }

    public void Dispose() => _window.Dispose();

    private Fault? Begin()
    {
        ReadOnlySpan<byte> body = _window.Span;
        if (body.Trim(" \t\r\n"u8).IsEmpty && body.Length < _delimiter.Length)
        {
            return ParsingFaults.EmptyBody;
        }

        int lead = body.StartsWith("\r\n"u8) ? 2 : 0;
        ReadOnlySpan<byte> opening = _delimiter.AsSpan(2);
        if (body[lead..].StartsWith(opening))
        {
            return Take(lead + opening.Length);
        }

        return opening.StartsWith(body[lead..]) ? ParsingFaults.MultipartCutOff
            : BodyLooks.BeginsLikeDocument(body) ? ParsingFaults.JsonSentAsForm
            : ParsingFaults.Multipart("it does not begin with the boundary that Content-Type names");
    }

    private async ValueTask<Fault?> ReadPartAsync()
    {
        Fault? fault = ReadHeaders();
        while (ReferenceEquals(fault, ParsingFaults.MultipartCutOff) && await _window.FillMoreAsync())
        {
            fault = ReadHeaders();
        }

        if (fault is not null)
        {
            return fault;
        }

        fault = _part.HasFileName ? null : CountField();
        return fault
            ?? (++_partCount > _limits.Parts ? ParsingFaults.TooManyParts(_limits.Parts) : null)
            ?? (_part.HasFileName ? await ReadFileAsync() : await ReadTextAsync());
    }

    private Fault? ReadHeaders()
    {
        if (PartHeaders.Read(_window.Span, out PartHeaders headers, out int contentStart) is { } fault)
        {
            return fault;
        }

        Span<byte> target = _fields.Reserve(headers.Name.Length);
        int length = PartHeaders.DecodeName(headers.Name, target);
        _part = new PartStart(_fields.Keep(length), length, headers.HasFileName)
        {
            IsNameless = headers.FileName.IsEmpty,
            FileName = headers.HasFileName ? FileName.Clean(headers.FileName) : "",
            ContentType = headers.ContentType.IsEmpty ? null : Encoding.UTF8.GetString(headers.ContentType),
        };

        // The empty line that ends the headers may be the one that begins the delimiter: RFC 2046 §5.1.1 lets a part
        // have headers only. So its CRLF stays in the window.
        return length > _limits.Name ? ParsingFaults.NameTooLong(_limits.Name) : Take(contentStart - 2);
    }

    private async ValueTask<Fault?> ReadTextAsync()
    {
        int start = _fields.Keep(0);
        int length = 0;
        MultipartPiece piece = default;
        while (!piece.IsLast)
        {
            piece = await NextPieceAsync(isFirst: piece.Used == 0);
            length += piece.Length;
            if (piece.IsCutOff || length > _limits.Value)
            {
                return piece.IsCutOff ? ParsingFaults.MultipartCutOff : ParsingFaults.ValueTooLong(Name, _limits.Value);
            }

            _fields.Append(_window.Memory.Span.Slice(piece.Start, piece.Length));
            if (Take(piece.Used) is { } tooLarge)
            {
                return tooLarge;
            }
        }

        if (!Utf8.IsValid(_fields.Bytes.AsSpan(start, length)))
        {
            return ParsingFaults.NotUtf8;
        }

        _fields.Add(new FormField(_part.NameStart, _part.NameLength, start, length));
        return null;
    }

    private async ValueTask<Fault?> ReadFileAsync()
    {
        MultipartPiece piece = await NextPieceAsync(isFirst: true);
        if (_part.IsNameless && piece is { Length: 0, IsLast: true, IsCutOff: false })
        {
            // A browser sends a file input without a file as an empty part with an empty file name: an absent field.
            return CountField() ?? Take(piece.Used);
        }

        if (_files is null)
        {
            return ParsingFaults.FileRefused;
        }

        Fault? fault = await _files.BeginAsync(Name, _part.FileName, _part.ContentType);
        bool isFirst = true;
        while (fault is null)
        {
            if (piece.IsCutOff)
            {
                return ParsingFaults.MultipartCutOff;
            }

            fault = await _files.WriteAsync(_window.Memory.Slice(piece.Start, piece.Length))
                ?? TakeOfFile(piece, isFirst);
            isFirst = false;
            if (piece.IsLast)
            {
                return fault ?? EndFile(_files);
            }

            piece = fault is null ? await NextPieceAsync(isFirst: false) : piece;
        }

        return fault;
    }

    private Fault? EndFile(FileIntake files)
    {
        if (files.End(out int file) is { } fault)
        {
            return fault;
        }

        byte[] name = Encoding.UTF8.GetBytes(_part.FileName);
        _fields.Add(new FormField(_part.NameStart, _part.NameLength, _fields.Append(name), name.Length, file));
        return null;
    }

    /// <summary>Finds what the part goes on with: everything up to the delimiter, or to where one may begin.</summary>
    private async ValueTask<MultipartPiece> NextPieceAsync(bool isFirst)
    {
        // The CRLF that ends the headers is no content.
        int lead = isFirst ? 2 : 0;
        while (true)
        {
            ReadOnlySpan<byte> span = _window.Span;
            int found = span.IndexOf(_delimiter);
            if (found >= 0)
            {
                return new(lead, Math.Max(found - lead, 0), found + _delimiter.Length, IsLast: true);
            }

            int safe = span.Length - _delimiter.Length + 1;
            if (safe > lead)
            {
                return new(lead, safe - lead, safe, IsLast: false);
            }

            if (!await _window.FillMoreAsync())
            {
                return new(0, 0, 0, IsLast: true, IsCutOff: true);
            }
        }
    }

    private ReadOnlySpan<byte> Name => _fields.Bytes.AsSpan(_part.NameStart, _part.NameLength);

    private Fault? CountField() =>
        ++_fieldCount > _limits.Fields ? ParsingFaults.TooManyFields(_limits.Fields) : null;

    /// <summary>Lets go of what was read and is in no file: that counts against the limit of the body.</summary>
    private Fault? Take(int count)
    {
        _frame?.Write(_window.Span[..count]);
        _window.Take(count);
        _plain += count;
        return _plain > _bodyMax ? BodyLimit.Exceeded(_bodyMax, null) : _files?.Hold(_plain);
    }

    /// <summary>Lets go of a piece of a file, and of what stands around its content.</summary>
    private Fault? TakeOfFile(in MultipartPiece piece, bool isFirst)
    {
        Fault? fault = Take(piece.Start);
        if (isFirst)
        {
            _frame?.Leave();
        }

        _window.Take(piece.Length);
        return fault ?? Take(piece.Used - piece.Start - piece.Length);
    }

    /// <summary>What the headers of the part say that is read now.</summary>
    private readonly record struct PartStart(int NameStart, int NameLength, bool HasFileName)
    {
        public bool IsNameless { get; init; }

        public string FileName { get; init; } = "";

        public string? ContentType { get; init; }
    }
}
