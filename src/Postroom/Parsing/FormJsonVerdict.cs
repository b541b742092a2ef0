namespace Postroom.Parsing;

/// <summary>What a scan over a form's JSON found.</summary>
internal enum FormJsonVerdict
{
    /// <summary>As a form would send it already, or no JSON at all: the bytes stay as they are.</summary>
    Keep,

    /// <summary>Some text is to be cleaned, converted or taken out.</summary>
    Rewrite,

    /// <summary>No object at the top.</summary>
    NotAnObject,

    /// <summary>A limit is exceeded.</summary>
    Refused,
}
