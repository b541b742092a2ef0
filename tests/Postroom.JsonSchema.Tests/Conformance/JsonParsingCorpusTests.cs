namespace Postroom.JsonSchema.Tests.Conformance;

/// <summary>The 318 texts of the JSON parsing test suite: y_ is accepted, n_ refused, i_ for us to decide.</summary>
public sealed class JsonParsingCorpusTests
{
    private const string Folder = "json-parsing/test_parsing";

    /// <summary>Well-formed by the grammar alone; refused because one of two values would be lost.</summary>
    private static readonly string[] DuplicateKeys =
        ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

    /// <summary>What the suite leaves open, decided: numbers of any size are text and pass; bytes and escapes that
    /// are not Unicode do not.</summary>
    private static readonly Dictionary<string, string> Decided = new()
    {
        ["i_number_double_huge_neg_exp.json"] = "valid",
        ["i_number_huge_exp.json"] = "valid",
        ["i_number_neg_int_huge_exp.json"] = "valid",
        ["i_number_pos_double_huge_exp.json"] = "valid",
        ["i_number_real_neg_overflow.json"] = "valid",
        ["i_number_real_pos_overflow.json"] = "valid",
        ["i_number_real_underflow.json"] = "valid",
        ["i_number_too_big_neg_int.json"] = "valid",
        ["i_number_too_big_pos_int.json"] = "valid",
        ["i_number_very_big_negative_int.json"] = "valid",
        ["i_object_key_lone_2nd_surrogate.json"] = "surrogate",
        ["i_string_1st_surrogate_but_2nd_missing.json"] = "surrogate",
        ["i_string_1st_valid_surrogate_2nd_invalid.json"] = "surrogate",
        ["i_string_UTF-16LE_with_BOM.json"] = "encoding",
        ["i_string_UTF-8_invalid_sequence.json"] = "encoding",
        ["i_string_UTF8_surrogate_U+D800.json"] = "encoding",
        ["i_string_incomplete_surrogate_and_escape_valid.json"] = "surrogate",
        ["i_string_incomplete_surrogate_pair.json"] = "surrogate",
        ["i_string_incomplete_surrogates_escape_valid.json"] = "surrogate",
        ["i_string_invalid_lonely_surrogate.json"] = "surrogate",
        ["i_string_invalid_surrogate.json"] = "surrogate",
        ["i_string_invalid_utf-8.json"] = "encoding",
        ["i_string_inverted_surrogates_U+1D11E.json"] = "surrogate",
        ["i_string_iso_latin_1.json"] = "encoding",
        ["i_string_lone_second_surrogate.json"] = "surrogate",
        ["i_string_lone_utf8_continuation_byte.json"] = "encoding",
        ["i_string_not_in_unicode_range.json"] = "encoding",
        ["i_string_overlong_sequence_2_bytes.json"] = "encoding",
        ["i_string_overlong_sequence_6_bytes.json"] = "encoding",
        ["i_string_overlong_sequence_6_bytes_null.json"] = "encoding",
        ["i_string_truncated-utf-8.json"] = "encoding",
        ["i_string_utf16BE_no_BOM.json"] = "encoding",
        ["i_string_utf16LE_no_BOM.json"] = "encoding",
        ["i_structure_500_nested_arrays.json"] = "too-deep",
        ["i_structure_UTF-8_BOM_empty_object.json"] = "bom",
    };

    [Fact]
    public void The_corpus_has_its_318_texts() =>
        Assert.Equal(318, Directory.GetFiles(Corpora.Require(Folder), "*.json").Length);

    [Fact]
    public void Every_y_text_is_accepted_but_the_two_with_duplicate_keys()
    {
        foreach (string file in Files("y_*"))
        {
            string expected = DuplicateKeys.Contains(Path.GetFileName(file)) ? "duplicate-key" : "valid";
            Assert.Equal((file, expected), (file, VerdictOf(file)));
        }
    }

    [Fact]
    public void Every_n_text_is_refused()
    {
        foreach (string file in Files("n_*"))
        {
            Assert.NotEqual((file, "valid"), (file, VerdictOf(file)));
        }
    }

    [Fact]
    public void Every_i_text_has_the_verdict_decided_for_it()
    {
        string[] files = Files("i_*");
        Assert.Equal(Decided.Keys.Order(StringComparer.Ordinal), files.Select(Path.GetFileName)!);
        foreach (string file in files)
        {
            Assert.Equal((file, Decided[Path.GetFileName(file)]), (file, VerdictOf(file)));
        }
    }

    private static string[] Files(string pattern) =>
        [.. Directory.GetFiles(Corpora.Require(Folder), pattern).Order(StringComparer.Ordinal)];

    private static string VerdictOf(string file)
    {
        var faults = new SchemaFaults();
        return CompiledSchema.Any.Walk(File.ReadAllBytes(file), faults) switch
        {
            JsonVerdict.Valid => "valid",
            JsonVerdict.Invalid => "invalid",
            _ => faults.Malformation!.Code,
        };
    }
}
