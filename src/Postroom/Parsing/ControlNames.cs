using Postroom.Declarations;

namespace Postroom.Parsing;

/// <summary>
/// Which top-level fields speak to the server and are no part of the message: names that begin with one underscore
/// (<c>_key</c>, <c>_token</c>, <c>_next</c>, <c>_gotcha</c>, <c>_charset_</c> …) unless the schema declares them,
/// the honeypots, and the proof of work unless declared. Two underscores make a plain name. For Web3Forms their names
/// too, unless declared.
/// </summary>
internal sealed class ControlNames
{
    private static readonly string[] s_web3Forms =
    [
        "access_key", "apikey", "subject", "from_name", "replyto", "ccemail", "redirect", "webhook", "botcheck",
        "h-captcha-response", "g-recaptcha-response", "recaptcha_response", "cf-turnstile-response",
    ];

    private readonly Utf8NameMap<string> _listed = new();
    private readonly FormShape? _shape;

    private ControlNames()
    {
    }

    public ControlNames(IEnumerable<string> honeypots, FormShape shape, FormService? service)
    {
        _shape = shape;
        string[] names = service == FormService.Web3Forms
            ? [ProofOfWorkDeclaration.Field, .. s_web3Forms]
            : [ProofOfWorkDeclaration.Field];
        var undeclared = names.Where(name => !shape.Declares(System.Text.Encoding.UTF8.GetBytes(name)));
        foreach (string name in honeypots.Concat(undeclared).Distinct(StringComparer.Ordinal))
        {
            _listed.Add(name, name);
        }
    }

    /// <summary>No field speaks to the server.</summary>
    public static ControlNames None { get; } = new();

    public bool Holds(ReadOnlySpan<byte> name)
    {
        bool hasUnderscore = name.Length > 0 && name[0] == '_' && !(name.Length > 1 && name[1] == '_');
        return _listed.Find(name) is not null || (hasUnderscore && _shape?.Declares(name) == false);
    }
}
