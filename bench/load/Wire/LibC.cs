using System.Runtime.InteropServices;

namespace Postroom.Load.Wire;

/// <summary>
/// The few system calls the tool makes. It goes past System.Net.Sockets on purpose: it shares two cores with the
/// server under test, and one thread over epoll costs a fraction of a task per connection.
/// </summary>
internal static unsafe partial class LibC
{
    internal const int ErrorAgain = 11;
    internal const int ErrorInterrupted = 4;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetSocketOption(int descriptor, int level, int name, int* value, uint length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Fsync(int descriptor);

    [LibraryImport(Library, EntryPoint = "sync")]
    internal static partial void SyncAll();

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int poll, int operation, int descriptor, byte* change);

    [LibraryImport(Library, EntryPoint = "epoll_pwait2", SetLastError = true)]
    internal static partial int EpollWait(int poll, byte* events, int capacity, long* timeout, nint signals);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint value);

    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static partial int SetAffinity(int process, nuint length, ulong* mask);

    internal static int Checked(int result, string call)
    {
        return result >= 0
            ? result
            : throw new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }
}
