using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postroom.Load.Wire;

/// <summary>One epoll set; each descriptor carries the index of its connection.</summary>
internal sealed unsafe class Poll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 0x1;
    private const int Capacity = 1024;

    // The kernel packs the event on x64 only.
    private static readonly int s_stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int s_dataOffset = s_stride - 8;

    private readonly int _descriptor = LibC.Checked(LibC.EpollCreate(0), "epoll_create1");
    private readonly byte[] _events = GC.AllocateArray<byte>(Capacity * 16, pinned: true);

    internal void Watch(int descriptor, int index)
    {
        byte* change = stackalloc byte[16];
        var span = new Span<byte>(change, 16);
        span.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(span, Readable);
        BinaryPrimitives.WriteInt32LittleEndian(span[s_dataOffset..], index);
        LibC.Checked(LibC.EpollControl(_descriptor, Add, descriptor, change), "epoll_ctl");
    }

    internal int Wait(long nanoseconds)
    {
        long* timeout = stackalloc long[2];
        timeout[0] = nanoseconds / 1_000_000_000;
        timeout[1] = nanoseconds % 1_000_000_000;
        fixed (byte* events = _events)
        {
            var count = LibC.EpollWait(_descriptor, events, Capacity, timeout, 0);
            return count < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorInterrupted
                ? 0
                : LibC.Checked(count, "epoll_pwait2");
        }
    }

    internal int IndexAt(int position)
    {
        return BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((position * s_stride) + s_dataOffset));
    }

    public void Dispose() => _ = LibC.Close(_descriptor);
}
