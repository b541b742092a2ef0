using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Postroom.Tests.Parsing;

/// <summary>Random entries of a form, full of what parsers stumble over; the same ones in every run.</summary>
internal static class FormEntries
{
    private static readonly string[] Pieces =
    [
        "a", "b", "name", "é", "日本", "😀", " ", "\t", "\u00A0", "\u3000", "\n", "\r\n", "\r", "+", "%", "%41",
        "%22", "&", "=", "\"", "\\", "/", "~", "--", "\0", "\u0001", "\u007F", "\uFEFF", "\uFFFF", "18", "007", "1e5",
        "true", "on", "0", "<b>", "'",
    ];

    private static readonly string[] BracketPieces = ["[b]", "[c]", "[0]", "[1]", "[]", "[", "]", "[a][0]", "[7]"];

    public static Gen<string> Text { get; } =
        Gen.ArrayOf(Gen.Elements(Pieces)).Select(pieces => string.Concat(pieces.Take(12)));

    /// <summary>A text as a name: without what multipart/form-data cannot tell from an escaped quote.</summary>
    private static readonly Gen<string> NameText =
        Text.Select(text => text.Replace("%22", "", StringComparison.Ordinal));

    /// <summary>Names without brackets.</summary>
    public static Gen<string> PlainName { get; } = NameText.Where(text => text.Length > 0 && !text.Contains('\0'));

    /// <summary>Names of few bases with brackets, so that they meet and contradict each other.</summary>
    public static Gen<string> NestedName { get; } =
        from start in Gen.Frequency(
            (8, Gen.Elements("a", "b", "tags", "rows", "n")),
            (1, Gen.Elements("_key", "botcheck", "__p", "")),
            (1, NameText))
        from brackets in Gen.ArrayOf(Gen.Elements(BracketPieces))
        select start + string.Concat(brackets.Take(3));

    public static Gen<(string Name, string Value)[]> Of(Gen<string> name) =>
        Gen.ArrayOf(from one in name from value in Text select (one, value));

    /// <summary>Runs a property over many random values from a fixed seed.</summary>
    public static void ForAll<TValue>(Gen<TValue> values, Action<TValue> property)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(
            FSharpOption<Replay>.Some(new Replay(new Rnd(20240229UL, 77777UL), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(values.ToArbitrary(), property));
    }
}
