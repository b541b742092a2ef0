using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>One folder: its names at the start (durable) and the changes of its names since.</summary>
internal sealed class FolderNode
{
    public Dictionary<string, object> Initial { get; } = [];

    /// <summary>The names as the running process saw them last.</summary>
    public Dictionary<string, object> Live { get; } = [];

    public List<NameChange> Changes { get; } = [];
    public List<DiskOperation> Syncs { get; } = [];
}
