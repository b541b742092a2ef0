namespace Postroom.Description;

/// <summary>An answer that is no refusal.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">When it comes; Markdown.</param>
internal sealed record ApiAnswer(int Status, string Description)
{
    /// <summary>The header lines that it may have, by their names in <see cref="ApiHeaders"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<ApiContent> Contents { get; init; } = [];
}
