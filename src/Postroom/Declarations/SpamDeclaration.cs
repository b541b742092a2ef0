namespace Postroom.Declarations;

/// <summary>How a form tells people from programs. What it catches is answered like a success and held.</summary>
public sealed record SpamDeclaration
{
    /// <summary>No rule: nothing is held for what it says or how it came.</summary>
    public static SpamDeclaration Off { get; } = new() { Honeypot = [], MinimumFillTime = TimeSpan.Zero };

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

    /// <summary>More links than this, in all texts together, are held; null, the default, for any number.</summary>
    public int? Links { get; init; }

    /// <summary>Words and phrases that are held; none unless told. Case and width of letters do not count.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// E-mail domains (with everything below them) and whole addresses: a text that holds an address of one is held;
    /// none unless told.
    /// </summary>
    public IReadOnlyList<string> BlockedEmails { get; init; } = [];

    /// <summary>Whether links written as HTML or BBCode are held; false unless told.</summary>
    public bool Markup { get; init; }

    /// <summary>Whether the same text in every field, and in three at least, is held; false unless told.</summary>
    public bool IdenticalFields { get; init; }

    /// <summary>
    /// What a browser has to compute for each message; null, the default, for nothing. A message without its proof is
    /// held.
    /// </summary>
    public ProofOfWorkDeclaration? ProofOfWork { get; init; }
}
