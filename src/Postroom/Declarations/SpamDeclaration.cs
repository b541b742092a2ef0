namespace Postroom.Declarations;

/// <summary>How a form tells people from programs. What it catches is answered like a success and held.</summary>
public sealed record SpamDeclaration
{
    /// <summary>
    /// Names of fields that people never see: whoever fills one is held. <c>_gotcha</c> and <c>botcheck</c> unless
    /// told.
    /// </summary>
    public IReadOnlyList<string> Honeypot { get; init; } = ["_gotcha", "botcheck"];

    /// <summary>
    /// Less time than this between page and POST, where a token proves it, is held; 2 seconds unless told, zero for
    /// off.
    /// </summary>
    public TimeSpan MinimumFillTime { get; init; } = TimeSpan.FromSeconds(2);
}
