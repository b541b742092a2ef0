using Postroom.JsonSchema.Dialects;

namespace Postroom.JsonSchema.Compiling;

/// <summary>What is said about a keyword that the dialect does not have.</summary>
internal static class UnknownKeywords
{
    public static string Describe(string keyword, Dialect dialect)
    {
        if (KnownDialects.Draft202012.Rules.ContainsKey(keyword)
            || KnownDialects.Draft201909.Rules.ContainsKey(keyword))
        {
            return $"the keyword \"{keyword}\" is not one of {dialect.Uri}";
        }

        string? near = Spelling.Nearest(keyword, dialect.Rules.Keys);
        string hint = near is null ? "; a keyword of your own begins with x-" : $"; did you mean \"{near}\"?";
        return $"unknown keyword \"{keyword}\"{hint}";
    }
}
