using System.Globalization;

namespace Postroom.JsonSchema.Patterns;

/// <summary>The sets of code points that ECMA-262 has names for.</summary>
internal static class KnownSets
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo", ["Mark"] = "M", ["Combining_Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn", ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me", ["Number"] = "N",
        ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Other_Number"] = "No",
        ["Punctuation"] = "P", ["punct"] = "P", ["Connector_Punctuation"] = "Pc", ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps", ["Close_Punctuation"] = "Pe", ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf", ["Other_Punctuation"] = "Po", ["Symbol"] = "S", ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc", ["Modifier_Symbol"] = "Sk", ["Other_Symbol"] = "So", ["Separator"] = "Z",
        ["Space_Separator"] = "Zs", ["Line_Separator"] = "Zl", ["Paragraph_Separator"] = "Zp", ["Other"] = "C",
        ["Control"] = "Cc", ["cntrl"] = "Cc", ["Format"] = "Cf", ["Surrogate"] = "Cs", ["Private_Use"] = "Co",
        ["Unassigned"] = "Cn",
    };

    /// <summary>By the value of <see cref="UnicodeCategory"/>.</summary>
    private static readonly string[] ShortNames =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly Lazy<CodePointSet[]> ByCategory = new(ReadCategories);

    public static CodePointSet Digits => new CodePointSet().Add('0', '9');

    public static CodePointSet Words => Digits.Add('A', 'Z').Add('a', 'z').Add('_', '_');

    /// <summary>White space and line ends: ECMA-262 sections 12.2 and 12.3.</summary>
    public static CodePointSet Spaces => new CodePointSet()
        .Add('\t', '\r').Add(' ', ' ').Add(0xA0, 0xA0).Add(0x1680, 0x1680).Add(0x2000, 0x200A).Add(0x2028, 0x2029)
        .Add(0x202F, 0x202F).Add(0x205F, 0x205F).Add(0x3000, 0x3000).Add(0xFEFF, 0xFEFF);

    public static CodePointSet LineEnds => new CodePointSet().Add('\n', '\n').Add('\r', '\r').Add(0x2028, 0x2029);

    /// <summary>The set of <c>\p{name}</c>, or null when the name is not known.</summary>
    public static CodePointSet? Property(string name)
    {
        foreach (string prefix in new[] { "General_Category=", "gc=" })
        {
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        }

        switch (name)
        {
            case "Any":
                return new CodePointSet().Add(0, 0x10FFFF);
            case "ASCII":
                return new CodePointSet().Add(0, 0x7F);
            case "ASCII_Hex_Digit" or "AHex":
                return Digits.Add('A', 'F').Add('a', 'f');
            case "White_Space" or "space":
                return Spaces.Add(0x85, 0x85);
        }

        name = LongNames.GetValueOrDefault(name, name);
        var set = new CodePointSet();
        bool known = false;
        for (int category = 0; category < ShortNames.Length; category++)
        {
            bool isMeant = ShortNames[category] == name || (name.Length == 1 && ShortNames[category][0] == name[0]);
            known |= isMeant;
            set = isMeant ? set.Add(ByCategory.Value[category]) : set;
        }

        return known ? set : null;
    }

    private static CodePointSet[] ReadCategories()
    {
        CodePointSet[] sets = [.. ShortNames.Select(_ => new CodePointSet())];
        int first = 0;
        UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(0);
        for (int point = 1; point <= 0x110000; point++)
        {
            UnicodeCategory next = point > 0x10FFFF ? (UnicodeCategory)(-1) : CharUnicodeInfo.GetUnicodeCategory(point);
            if (next != category)
            {
                sets[(int)category].Add(first, point - 1);
                (first, category) = (point, next);
            }
        }

        return sets;
    }
}
