namespace Postroom.Declarations.Loading;

/// <summary>Finds the fields that a message names as <c>{{name}}</c>.</summary>
internal static class MessageTemplate
{
    /// <summary>The names, trimmed; null and what is wrong when braces do not close.</summary>
    public static IReadOnlyList<string>? Fields(string text, out string? fault)
    {
        fault = null;
        var fields = new List<string>();
        for (var open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0;)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                fault = "`{{` has no `}}`. Write `{{name}}` for the field `name`.";
                return null;
            }

            var name = text[(open + 2)..close].Trim();
            if (name.Length == 0 || name.Contains('{', StringComparison.Ordinal))
            {
                fault = "`{{…}}` holds no name of a field. Write `{{name}}` for the field `name`.";
                return null;
            }

            fields.Add(name);
            open = text.IndexOf("{{", close + 2, StringComparison.Ordinal);
        }

        return fields;
    }
}
