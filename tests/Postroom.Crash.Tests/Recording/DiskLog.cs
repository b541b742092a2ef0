using System.Buffers.Binary;
using System.Text;

namespace Postroom.Crash.Tests.Recording;

/// <summary>The recorder's log: calls, and the moment of each of their events.</summary>
internal sealed class DiskLog
{
    private const uint Magic = 0x504f5354;
    private const int HeadLength = 72;
    private readonly Dictionary<(uint Process, ulong Call), DiskOperation> _open = [];
    private readonly List<DiskOperation> _operations = [];
    private readonly List<long> _moments = [];

    private DiskLog()
    {
    }

    /// <summary>In the order of their beginnings.</summary>
    public IReadOnlyList<DiskOperation> Operations => _operations;

    /// <summary>A crash point is a number from 0 to this: that many events had happened.</summary>
    public int EventCount => _moments.Count;

    /// <summary>Nanoseconds of CLOCK_MONOTONIC; a point after the last event has no moment that bounds it.</summary>
    public long MomentOf(int point) => point < _moments.Count ? _moments[point] : long.MaxValue;

    /// <summary>A log made by hand: event k happens at k nanoseconds.</summary>
    public static DiskLog Of(IEnumerable<DiskOperation> operations, int events)
    {
        var log = new DiskLog();
        log._operations.AddRange(operations);
        log._moments.AddRange(Enumerable.Range(0, events).Select(moment => (long)moment));
        return log;
    }

    public static DiskLog Read(string path)
    {
        var log = new DiskLog();
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at + HeadLength <= bytes.Length;)
        {
            var head = bytes.AsSpan(at, HeadLength);
            var total = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic)
            {
                throw new InvalidDataException($"The log has no record at {at} of {bytes.Length}.");
            }

            if (at + total > bytes.Length)
                break; // the process was killed inside its last append
            log.Add(head, bytes.AsMemory(at + HeadLength, total - HeadLength));
            at += total;
        }
        return log;
    }

    private void Add(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> rest)
    {
        var call = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
        var process = BinaryPrimitives.ReadUInt32LittleEndian(head[40..]);
        var handle = BinaryPrimitives.ReadUInt32LittleEndian(head[44..]);
        var place = _moments.Count;
        _moments.Add(BinaryPrimitives.ReadInt64LittleEndian(head[16..]));
        var handleOfAll = handle == 0 ? 0 : ((ulong)process << 32) | handle;
        if (head[50] == 1)
        {
            Begin((process, call), place, handleOfAll, head, rest);
        }
        else
        {
            End((process, call), place, handleOfAll, head);
        }
    }

    private void Begin((uint, ulong) call, int place, ulong handle, ReadOnlySpan<byte> head, ReadOnlyMemory<byte> rest)
    {
        var path = BinaryPrimitives.ReadInt32LittleEndian(head[60..]);
        var target = BinaryPrimitives.ReadInt32LittleEndian(head[64..]);
        var operation = new DiskOperation
        {
            Kind = (DiskOperationKind)BinaryPrimitives.ReadUInt16LittleEndian(head[48..]),
            Begin = place,
            Handle = handle,
            Marks = (DiskMarks)head[51],
            Offset = BinaryPrimitives.ReadInt64LittleEndian(head[24..]),
            OpenFlags = BinaryPrimitives.ReadInt32LittleEndian(head[56..]),
            Path = Encoding.UTF8.GetString(rest.Span[..path]),
            Target = Encoding.UTF8.GetString(rest.Span.Slice(path, target)),
            Data = rest[(path + target)..],
        };
        _operations.Add(operation);
        _open.Add(call, operation);
    }

    private void End((uint, ulong) call, int place, ulong handle, ReadOnlySpan<byte> head)
    {
        _open.Remove(call, out var operation);
        operation!.End = place;
        operation.Handle = handle;
        operation.Marks |= (DiskMarks)head[51];
        operation.Result = BinaryPrimitives.ReadInt64LittleEndian(head[32..]);
        operation.Error = BinaryPrimitives.ReadInt32LittleEndian(head[52..]);
    }
}
