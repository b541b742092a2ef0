namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 5892 appendix A: characters that a label may hold beside certain others only.</summary>
internal static class ContextRules
{
    /// <summary>The viramas (canonical combining class 9).</summary>
    private static readonly int[] Viramas =
    [
        0x94D, 0x9CD, 0xA4D, 0xACD, 0xB4D, 0xBCD, 0xC4D, 0xCCD, 0xD3B, 0xD3C, 0xD4D, 0xDCA, 0xE3A, 0xEBA, 0xF84, 0x1039,
        0x103A, 0x1714, 0x1715, 0x1734, 0x17D2, 0x1A60, 0x1B44, 0x1BAA, 0x1BAB, 0x1BF2, 0x1BF3, 0x2D7F, 0xA806, 0xA82C,
        0xA8C4, 0xA953, 0xA9C0, 0xAAF6, 0xABED, 0x10A3F, 0x11046, 0x1107F, 0x110B9, 0x11133, 0x11134, 0x111C0, 0x11235,
        0x112EA, 0x1134D, 0x11442, 0x114C2, 0x115BF, 0x1163F, 0x116B6, 0x1172B, 0x11839, 0x11D44, 0x11D45,
    ];

    public static bool Allow(ReadOnlySpan<int> label, int index)
    {
        int before = index > 0 ? label[index - 1] : -1, after = index + 1 < label.Length ? label[index + 1] : -1;
        return label[index] switch
        {
            0x200C => IsVirama(before) || Joins(label, index),
            0x200D => IsVirama(before),
            0xB7 => before == 'l' && after == 'l',
            0x375 => IsGreek(after),
            0x5F3 or 0x5F4 => before is >= 0x591 and <= 0x5F4,
            0x30FB => HasJapanese(label),
            >= 0x660 and <= 0x669 => !label.ContainsAnyInRange(0x6F0, 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !label.ContainsAnyInRange(0x660, 0x669),
            _ => false,
        };
    }

    private static bool IsVirama(int point) => Array.IndexOf(Viramas, point) >= 0;

    private static bool IsGreek(int point) => point is >= 0x370 and <= 0x3FF or >= 0x1F00 and <= 0x1FFF;

    private static bool HasJapanese(ReadOnlySpan<int> label)
    {
        foreach (int point in label)
        {
            if (point is >= 0x3041 and <= 0x309F or >= 0x30A1 and <= 0x30FA or >= 0x30FC and <= 0x30FF
                or >= 0x31F0 and <= 0x31FF or 0x3005 or 0x3007 or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
                or >= 0x20000 and <= 0x3134A)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appendix A.1: between a letter that joins what follows and one that joins what came before, marks
    /// aside.</summary>
    private static bool Joins(ReadOnlySpan<int> label, int index)
    {
        int before = index - 1, after = index + 1;
        while (before >= 0 && IdentifierCharacters.IsMark(label[before]))
        {
            before--;
        }

        while (after < label.Length && IdentifierCharacters.IsMark(label[after]))
        {
            after++;
        }

        return before >= 0 && after < label.Length
            && JoinsBoth(label[before]) && (JoinsBoth(label[after]) || JoinsBefore(label[after]));
    }

    private static bool JoinsBoth(int point) =>
        point is 0x620 or 0x626 or 0x628 or >= 0x62A and <= 0x62E or >= 0x633 and <= 0x63F or >= 0x641 and <= 0x647
            or 0x649 or 0x64A or 0x66E or 0x66F or >= 0x679 and <= 0x687 or >= 0x69A and <= 0x6BF or 0x6C1 or 0x6C2
            or 0x6CC or 0x6CE or 0x6D0 or 0x6D1 or >= 0x6FA and <= 0x6FC or 0x6FF
            or >= 0x712 and <= 0x714 or >= 0x71A and <= 0x71D or >= 0x71F and <= 0x727 or 0x729 or 0x72B or 0x72D
            or 0x72E;

    private static bool JoinsBefore(int point) =>
        point is >= 0x622 and <= 0x625 or 0x627 or 0x629 or >= 0x62F and <= 0x632 or 0x648 or >= 0x671 and <= 0x673
            or >= 0x675 and <= 0x677 or >= 0x688 and <= 0x699 or 0x6C0 or >= 0x6C3 and <= 0x6CB or 0x6CD or 0x6CF
            or 0x6D2 or 0x6D3 or 0x6D5 or 0x6EE or 0x6EF
            or 0x710 or >= 0x715 and <= 0x719 or 0x71E or 0x728 or 0x72A or 0x72C or 0x72F;
}
