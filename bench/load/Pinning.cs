using Postroom.Load.Wire;

namespace Postroom.Load;

/// <summary>What the kernel is told about the thread that drives the load.</summary>
internal static unsafe class Pinning
{
    private const int SetTimerSlack = 29;

    /// <summary>Wakes are wanted when they are due, not up to 50 µs later.</summary>
    internal static void WakeOnTime() => LibC.Checked(LibC.ProcessControl(SetTimerSlack, 1), "prctl");

    internal static void ToCore(int core)
    {
        var mask = 1UL << core;
        LibC.Checked(LibC.SetAffinity(0, sizeof(ulong), &mask), "sched_setaffinity");
    }
}
