namespace Postroom.Storage;

/// <summary>Where a job stands. The numbers are stored: never change one.</summary>
public enum JobState
{
    /// <summary>Waiting for its time.</summary>
    Ready = 0,

    /// <summary>A worker has it until its lease ends.</summary>
    Leased = 1,

    /// <summary>Finished.</summary>
    Done = 2,

    /// <summary>Given up after the last attempt; kept until somebody runs it again or deletes it.</summary>
    Dead = 3,
}
