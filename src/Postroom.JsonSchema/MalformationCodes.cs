namespace Postroom.JsonSchema;

/// <summary>The stable codes of <see cref="Malformation.Code"/>.</summary>
public static class MalformationCodes
{
    /// <summary>Nothing, or white space only.</summary>
    public const string Empty = "empty";

    /// <summary>Not the grammar of RFC 8259.</summary>
    public const string Syntax = "syntax";

    /// <summary>Not UTF-8.</summary>
    public const string Encoding = "encoding";

    /// <summary>A byte order mark at the start, which RFC 8259 section 8.1 forbids to add.</summary>
    public const string ByteOrderMark = "bom";

    /// <summary>A <c>\u</c> escape that is half of a surrogate pair.</summary>
    public const string Surrogate = "surrogate";

    /// <summary>An object names the same property twice.</summary>
    public const string DuplicateKey = "duplicate-key";

    /// <summary>Arrays and objects nest deeper than the walk allows.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>Something other than white space follows the document.</summary>
    public const string TrailingData = "trailing-data";
}
