namespace Postroom.Load.Observing;

/// <summary>What the kernel has charged to one thread since it began.</summary>
internal sealed record ThreadSample(
    int Id, string Name, double CpuMicroseconds, long VoluntarySwitches, long InvoluntarySwitches);
