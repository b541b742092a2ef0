using System.Globalization;

namespace Postroom.JsonSchema.Formats;

/// <summary>
/// Which characters a label may hold wherever they stand (RFC 5892 section 2, PVALID). What its tables derive from
/// compatibility mappings stands here as ranges.
/// </summary>
internal static class IdentifierCharacters
{
    /// <summary>Section 2.6: valid in spite of their category.</summary>
    private static readonly int[] Exceptions = [0x6FD, 0x6FE, 0xF0B, 0x3007];

    /// <summary>Section 2.6: not valid in spite of their category; those that other rules allow stand in
    /// <see cref="ContextRules"/>.</summary>
    private static readonly (int First, int Last)[] Disallowed =
    [
        (0x640, 0x640), (0x7FA, 0x7FA), (0x302E, 0x302F), (0x3031, 0x3035), (0x303B, 0x303B), (0x660, 0x669),
        (0x6F0, 0x6F9),

        // Old Hangul jamo (section 2.9), then letters that stand for others (section 2.2).
        (0x1100, 0x11FF), (0xA960, 0xA97C), (0xD7B0, 0xD7FB),
        (0xAA, 0xAA), (0xBA, 0xBA), (0x132, 0x133), (0x13F, 0x140), (0x149, 0x149), (0x17F, 0x17F), (0x1C4, 0x1CC),
        (0x1F1, 0x1F3), (0x2B0, 0x2B8), (0x2E0, 0x2E4), (0x340, 0x341), (0x343, 0x345), (0x37A, 0x37A),
        (0x3D0, 0x3D6), (0x3F0, 0x3F2), (0x3F5, 0x3F5), (0x587, 0x587), (0x675, 0x678), (0xE33, 0xE33),
        (0xEB3, 0xEB3), (0xEDC, 0xEDD), (0x10FC, 0x10FC), (0x1D2C, 0x1D2E), (0x1D30, 0x1D3A), (0x1D3C, 0x1D4D),
        (0x1D4F, 0x1D6A), (0x1D78, 0x1D78), (0x1D9B, 0x1DBF), (0x1E9A, 0x1E9B), (0x2071, 0x2071), (0x207F, 0x207F),
        (0x2090, 0x209C), (0x2100, 0x214D), (0x2C7C, 0x2C7D), (0x3131, 0x318E), (0xA69C, 0xA69D), (0xA770, 0xA770),
        (0xA7F2, 0xA7F4), (0xA7F8, 0xA7F9), (0xAB5C, 0xAB5F), (0xAB69, 0xAB69), (0xF900, 0xFAD9), (0xFB00, 0xFB1D),
        (0xFB1F, 0xFDFC), (0xFE70, 0xFEFC), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF),
        (0x2F800, 0x2FA1D),
    ];

    public static bool IsValid(int point)
    {
        if (Array.IndexOf(Exceptions, point) >= 0 || point == '-')
        {
            return true;
        }

        foreach ((int first, int last) in Disallowed)
        {
            if (point >= first && point <= last)
            {
                return false;
            }
        }

        return CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.LowercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;
    }

    public static bool IsMark(int point) => CharUnicodeInfo.GetUnicodeCategory(point)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
