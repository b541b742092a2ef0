namespace Postroom.Crash.Tests.Recording;

/// <summary>
/// One recorded call. Its begin and its end are two events of the log's one order; a call that the process did not live
/// to see come back has no end, and nothing is known of its effect.
/// </summary>
internal sealed class DiskOperation
{
    public const int Never = int.MaxValue;

    public required DiskOperationKind Kind { get; init; }
    public required int Begin { get; init; }
    public int End { get; set; } = Never;
    public long Result { get; set; }
    public int Error { get; set; }
    public DiskMarks Marks { get; set; }

    /// <summary>The open file, unique over all processes of the log; an open learns it at its end.</summary>
    public ulong Handle { get; set; }

    public string Path { get; init; } = "";
    public string Target { get; init; } = "";
    public long Offset { get; init; }
    public int OpenFlags { get; init; }
    public ReadOnlyMemory<byte> Data { get; init; }

    public bool Failed => End != Never && Result < 0;
    public bool EndedBefore(int point) => End < point;

    /// <summary>The bytes that the call wrote: a short write's part, all while its result is not known.</summary>
    public ReadOnlyMemory<byte> Written => End == Never ? Data : Data[..(int)Math.Max(0, Result)];
}
