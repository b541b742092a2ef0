using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>A log written by hand, call by call, in the folder /w.</summary>
internal sealed class DiskScript
{
    private readonly List<DiskOperation> _operations = [];
    private int _events;
    private ulong _handles;

    public int Now => _events;

    public DiskHistory History() => new(DiskLog.Of(_operations, _events), "/w", new DiskImage());

    public ulong Open(string name, DiskMarks marks = DiskMarks.None)
    {
        var handle = ++_handles;
        var open = Begin(DiskOperationKind.Open, handle, marks, path: name.Length == 0 ? "/w" : $"/w/{name}");
        End(open);
        return handle;
    }

    public void Write(ulong handle, long offset, byte[] data) => End(BeginWrite(handle, offset, data), data.Length);

    public DiskOperation BeginWrite(ulong handle, long offset, byte[] data) =>
        Begin(DiskOperationKind.Write, handle, offset: offset, data: data);

    public void Truncate(ulong handle, long length) =>
        End(Begin(DiskOperationKind.Truncate, handle, offset: length));

    public void Sync(ulong handle, DiskMarks marks = DiskMarks.None, bool fails = false) =>
        End(Begin(DiskOperationKind.Sync, handle, marks), fails ? -1 : 0);

    public DiskOperation BeginSync(ulong handle) => Begin(DiskOperationKind.Sync, handle);

    public void Rename(string from, string to) =>
        End(Begin(DiskOperationKind.Rename, 0, path: $"/w/{from}", target: $"/w/{to}"));

    public void Unlink(string name) => End(Begin(DiskOperationKind.Unlink, 0, path: $"/w/{name}"));

    public void MakeFolder(string name) => End(Begin(DiskOperationKind.MakeFolder, 0, path: $"/w/{name}"));

    public void End(DiskOperation operation, long result = 0)
    {
        operation.End = _events++;
        operation.Result = result;
    }

    private DiskOperation Begin(
        DiskOperationKind kind, ulong handle, DiskMarks marks = DiskMarks.None, string path = "", string target = "",
        long offset = 0, byte[]? data = null)
    {
        var operation = new DiskOperation
        {
            Kind = kind, Begin = _events++, Handle = handle, Marks = marks,
            Path = path, Target = target, Offset = offset, Data = data,
        };
        _operations.Add(operation);
        return operation;
    }
}
