using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>One file, whatever its names: its content at the start and what was done to it since.</summary>
internal sealed class FileNode(string name, ReadOnlyMemory<byte> initial)
{
    /// <summary>The name under which it came into being.</summary>
    public string Name => name;

    public ReadOnlyMemory<byte> Initial => initial;
    public List<DiskOperation> Changes { get; } = [];
    public List<DiskOperation> Syncs { get; } = [];
}
