using System.Text.Json;

namespace Postroom.Storage.Copying;

/// <summary>
/// How far a copy is: a row of the target's settings, written in the transaction of each slice. While it does not say
/// that the copy is finished, the target is not served.
/// </summary>
/// <param name="Source">Where the copy comes from, without anything secret.</param>
/// <param name="Store">Which store that is: a digest of its secret.</param>
/// <param name="BegunAt">When it began, in Unix milliseconds.</param>
internal sealed record CopyProgress(string Source, string Store, long BegunAt)
{
    /// <summary>The name of its row in the settings.</summary>
    public const string Name = "copy";

    /// <summary>
    /// The step that it is in: the name of a table, or what comes after the tables; null at the start.
    /// </summary>
    public string? Step { get; init; }

    /// <summary>The last key of the step that is done; null for none.</summary>
    public byte[]? After { get; init; }

    /// <summary>How many rows of the step are done.</summary>
    public long Done { get; init; }

    /// <summary>When it was finished and found right, in Unix milliseconds.</summary>
    public long? FinishedAt { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, CopyProgressJson.Default.CopyProgress);

    public static CopyProgress Read(ReadOnlySpan<byte> row) =>
        JsonSerializer.Deserialize(row, CopyProgressJson.Default.CopyProgress)!;

    /// <summary>Why a store with this row cannot be served, or null when it can.</summary>
    public static string? Objection(ReadOnlySpan<byte> row) =>
        row.IsEmpty || Read(row) is not { FinishedAt: null } open
            ? null
            : $"A copy of {open.Source} into it is not finished. Run the same command to its end: "
                + $"postroom copy --from {open.Source} --to … It goes on where it stopped.";
}
