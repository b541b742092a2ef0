namespace Postroom.Declarations;

/// <summary>A form service whose names and answers an endpoint keeps, for pages that were written for it.</summary>
public enum FormService
{
    /// <summary>Formspree: names with an underscore (<c>_next</c>, <c>_subject</c>); answers say <c>ok</c>.</summary>
    Formspree,

    /// <summary>
    /// Web3Forms: names without one (<c>access_key</c>, <c>subject</c>, <c>redirect</c>); answers are 200 and say
    /// <c>success</c>.
    /// </summary>
    Web3Forms,
}
