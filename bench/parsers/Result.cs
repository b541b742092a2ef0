namespace Postroom.Bench.Parsers;

/// <summary>Nanoseconds and bytes allocated for one body.</summary>
internal sealed record Result(
    Contest Contest, double Ours, double Theirs, double OursAllocated, double TheirsAllocated)
{
    public string Row =>
        $"| {Contest.Format} | {Contest.Body.Length:N0} | {Speed(Ours)} | {Contest.Rival} | {Speed(Theirs)} "
        + $"| **{Theirs / Ours:F1}** | {OursAllocated:N0} | {TheirsAllocated:N0} |";

    private string Speed(double nanoseconds) => $"{Contest.Body.Length * 1e3 / nanoseconds:N0}";
}
