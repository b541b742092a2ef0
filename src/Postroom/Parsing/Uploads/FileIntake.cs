using System.Buffers;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Parsing.Uploads;

/// <summary>Takes the files of one form, one after the other, and judges each as its bytes come.</summary>
internal sealed class FileIntake(
    FormRules form, FileRules rules, StagedFiles staged, EntryIdSource ids, Func<long, Fault?> hold) : IDisposable
{
    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(FileSniffer.HeadMax);
    private readonly LimitsDeclaration _limits = form.Limits;
    private IncomingFile _file;
    private StagedFile? _staged;
    private int _headLength;
    private bool _isJudged;

    /// <summary>Says how many bytes of the form, beside its files, are in memory.</summary>
    public Fault? Hold(long bytes) => hold(bytes);

    /// <summary>Begins a file, unless its field takes none or there are too many.</summary>
    public ValueTask<Fault?> BeginAsync(ReadOnlySpan<byte> field, string name, string? declared)
    {
        FormShape? shape = FileField.ShapeOf(form.Shape, field);
        _file = new IncomingFile(FileField.PointerOf(field), name, declared, shape?.FileType);
        _headLength = 0;
        _isJudged = false;
        if (shape is null && !rules.AnyField)
        {
            return new(ParsingFaults.FileUnexpected(field, _file.Pointer));
        }

        return staged.Files.Count == _limits.Files
            ? new(ParsingFaults.TooManyFiles(_limits.Files))
            : CreateAsync();
    }

    /// <summary>Adds bytes to the file.</summary>
    public ValueTask<Fault?> WriteAsync(ReadOnlyMemory<byte> bytes) => WriteAsync(new ReadOnlySequence<byte>(bytes));

    /// <summary>Adds bytes to the file.</summary>
    public async ValueTask<Fault?> WriteAsync(ReadOnlySequence<byte> bytes)
    {
        FileWriter writer = _staged!.Writer;
        if (writer.Size + bytes.Length > _limits.File)
        {
            return ParsingFaults.FileTooLarge(_file, _limits.File);
        }

        foreach (ReadOnlyMemory<byte> part in bytes)
        {
            if (Look(part.Span) is { } fault)
            {
                return fault;
            }

            if (_isJudged)
            {
                break;
            }
        }

        if (!bytes.IsEmpty)
        {
            await OnDiskAsync(() => writer.WriteAsync(bytes));
        }

        return null;
    }

    /// <summary>Ends the file and tells its number.</summary>
    public Fault? End(out int file)
    {
        file = staged.Files.Count - 1;
        _staged!.Writer.End();
        return _isJudged ? null : Judge();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_head);

    private async ValueTask<Fault?> CreateAsync()
    {
        await OnDiskAsync(async () => _staged = await staged.CreateAsync(ids.Next(), _file.Name));
        return null;
    }

    /// <summary>Keeps the first bytes, and judges when there are enough, however they come.</summary>
    private Fault? Look(ReadOnlySpan<byte> bytes)
    {
        if (_isJudged)
        {
            return null;
        }

        ReadOnlySpan<byte> more = bytes[..Math.Min(bytes.Length, FileSniffer.HeadMax - _headLength)];
        more.CopyTo(_head.AsSpan(_headLength));
        _headLength += more.Length;
        return _headLength == FileSniffer.HeadMax ? Judge() : null;
    }

    private Fault? Judge()
    {
        _isJudged = true;
        Fault? fault = FileTypeRule.Judge(_file, _head.AsSpan(0, _headLength), rules.Types, out string mediaType);
        _staged!.MediaType = mediaType;
        return fault;
    }

    /// <summary>A disk that fails must not look like a client that has gone away.</summary>
    private static async ValueTask OnDiskAsync(Func<ValueTask> action)
    {
        try
        {
            await action();
        }
        catch (IOException failure) when (failure is not (StorageFullException or StoreUnreachableException))
        {
            throw new InvalidOperationException("A file could not be written.", failure);
        }
    }
}
