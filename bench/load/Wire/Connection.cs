using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postroom.Load.Wire;

/// <summary>One keep-alive connection with at most one request in flight.</summary>
internal sealed unsafe class Connection : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);
    private int _filled;
    private int _consumed;

    internal int Descriptor { get; private set; } = -1;

    internal bool InFlight { get; private set; }

    /// <summary>The number of the request in flight, from which its key and body follow.</summary>
    internal long Sequence { get; private set; }

    /// <summary>When the request should have left, in stopwatch ticks.</summary>
    internal long IntendedAt { get; private set; }

    internal ReadOnlySpan<byte> Received => _buffer.AsSpan(0, _filled);

    internal void Open(int port)
    {
        const int InternetStream = 1, CloseOnExec = 0x80000, Tcp = 6, NoDelay = 1;
        Descriptor = LibC.Checked(LibC.Socket(2, InternetStream | CloseOnExec, 0), "socket");
        byte* address = stackalloc byte[16];
        var span = new Span<byte>(address, 16);
        span.Clear();
        BinaryPrimitives.WriteInt16LittleEndian(span, 2);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(span[4..], 0x7F000001);
        LibC.Checked(LibC.Connect(Descriptor, address, 16), "connect");
        var on = 1;
        LibC.Checked(LibC.SetSocketOption(Descriptor, Tcp, NoDelay, &on, sizeof(int)), "setsockopt");
    }

    internal bool TrySend(RequestStream requests, long sequence, long intendedAt)
    {
        Sequence = sequence;
        IntendedAt = intendedAt;
        _filled = 0;
        _consumed = 0;
        InFlight = true;
        var bytes = requests.Write(sequence);
        fixed (byte* start = bytes)
        {
            return LibC.Send(Descriptor, start, (nuint)bytes.Length, DoNotWait | NoSignal) == bytes.Length;
        }
    }

    /// <summary>Reads what is there and tells how far the answer has come.</summary>
    internal AnswerState Receive(out int status)
    {
        status = 0;
        if (_filled == BufferBytes)
        {
            return AnswerState.Malformed;
        }

        nint count;
        fixed (byte* start = _buffer)
        {
            count = LibC.Receive(Descriptor, start + _filled, (nuint)(BufferBytes - _filled), DoNotWait);
        }

        if (count <= 0)
        {
            var wouldWait = count < 0 && Marshal.GetLastPInvokeError() is LibC.ErrorAgain or LibC.ErrorInterrupted;
            return wouldWait ? AnswerState.Incomplete : AnswerState.Closed;
        }

        _filled += (int)count;
        var state = InFlight ? AnswerReader.Read(Received, out status, out _consumed) : AnswerState.Malformed;
        if (state == AnswerState.Complete && _consumed != _filled)
        {
            return AnswerState.Malformed;
        }

        InFlight = InFlight && state != AnswerState.Complete;
        return state;
    }

    internal void Close()
    {
        InFlight = false;
        if (Descriptor >= 0)
        {
            _ = LibC.Close(Descriptor);
            Descriptor = -1;
        }
    }

    public void Dispose() => Close();
}
