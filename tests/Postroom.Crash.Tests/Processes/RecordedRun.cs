namespace Postroom.Crash.Tests.Processes;

/// <summary>The environment that loads the recorder into a process, with the faults that are wanted.</summary>
internal sealed record RecordedRun(string Library, string Folder, string Log)
{
    /// <summary>More variables of recorder and faults; see faults.c.</summary>
    public Dictionary<string, string> Faults { get; init; } = [];

    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("LD_PRELOAD", Library),
        new("POSTROOM_RECORD_FOLDER", Folder),
        new("POSTROOM_RECORD_LOG", Log),
        .. Faults,
    ];
}
