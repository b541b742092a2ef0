using Postroom.Expressions;
using Postroom.Expressions.Sql;
using Postroom.Sqlite.Reading;

namespace Postroom.Tests.Expressions;

/// <summary>What of a filter becomes SQL, and what is left. That both find the same is tested on real engines.</summary>
public sealed class SqlTranslatorTests
{
    private static readonly SqlColumns s_columns = new SqlColumns()
        .Add("record", ["name"], new SqlColumn("name", SqlColumnKind.Text))
        .Add("record", ["note"], new SqlColumn("note", SqlColumnKind.Text))
        .Add("record", ["age"], new SqlColumn("age", SqlColumnKind.Integer))
        .Add("record", ["price"], new SqlColumn("price", SqlColumnKind.Number))
        .Add("record", ["active"], new SqlColumn("active", SqlColumnKind.Boolean))
        .Add("record", ["joined"], new SqlColumn("joined", SqlColumnKind.Time))
        .Add("record", ["address", "city"], new SqlColumn("city", SqlColumnKind.Text))
        .Add("record.created", [], new SqlColumn("created_at", SqlColumnKind.ExactTime, 1_000_000));

    [Theory]
    [InlineData("age >= 18 && name == 'x'", "(age >= ?1 AND name = ?2)", "18, x")]
    [InlineData("!(age >= 18 || name == 'x')", "(age < ?1 AND name <> ?2)", "18, x")]
    [InlineData("18 < age", "age > ?1", "18")]
    [InlineData("age > 2.5", "age > ?1", "2")]
    [InlineData("age >= 2.5", "age > ?1", "2")]
    [InlineData("age < 2.5", "age <= ?1", "2")]
    [InlineData("age == 2.5", "FALSE", "")]
    [InlineData("age in [1, 2]", "(age = ?1 OR age = ?2)", "1, 2")]
    [InlineData("!(age in [1, 2])", "(age <> ?1 AND age <> ?2)", "1, 2")]
    [InlineData("name.startsWith('ab')", "(name >= ?1 AND name < ?2)", "ab, ac")]
    [InlineData("!name.startsWith('ab')", "NOT ((name >= ?1 AND name < ?2))", "ab, ac")]
    [InlineData("name.startsWith('a\\uD7FF')", "(name >= ?1 AND name < ?2)", "a\uD7FF, a\uE000")]
    [InlineData("name.startsWith('a\\U0010FFFF')", "(name >= ?1 AND name < ?2)", "a\U0010FFFF, b")]
    [InlineData("name.startsWith('')", "name IS NOT NULL", "")]
    [InlineData("name.contains('%')", "instr(CAST(name AS BLOB), CAST(?1 AS BLOB)) > 0", "%")]
    [InlineData("name.endsWith('é')", "(name <> '' AND substr(CAST(name AS BLOB), ?1) = CAST(?2 AS BLOB))", "-2, é")]
    [InlineData("active", "active = ?1", "1")]
    [InlineData("!active", "active = ?1", "0")]
    [InlineData("active != true", "active = ?1", "0")]
    [InlineData("has(record.name)", "name IS NOT NULL", "")]
    [InlineData("!has(record.name)", "name IS NULL", "")]
    [InlineData("note != null", "note IS NOT NULL", "")]
    [InlineData("note == 'x'", "note = ?1", "x")]
    [InlineData("name == address.city", "name = city", "")]
    [InlineData("created < now", "created_at < ?1", "1772357400000")]
    [InlineData("joined < timestamp('2026-01-01T00:00:00Z')", "joined < ?1", "1767225600000000")]
    [InlineData("name == user.id", "name = ?1", "u1")]
    [InlineData("name in user.roles", "(name = ?1 OR name = ?2)", "editor, admin")]
    [InlineData("user.id == 'u1'", "TRUE", "")]
    [InlineData("user.id == 'u2'", "FALSE", "")]
    [InlineData("user.id == 'u2' && size(name) > 2", "FALSE", "")]
    [InlineData("user.id == 'u1' || size(name) > 2", "TRUE", "")]
    [InlineData("user.id == 'u1' && age == 1", "age = ?1", "1")]
    [InlineData("active ? age == 1 : age == 2", "((active = ?1 AND age = ?2) OR (active = ?3 AND age = ?4))", "1, 1, 0, 2")]
    [InlineData("age == 1 / 0", "FALSE", "")]
    public void All_of_it(string text, string sql, string parameters) => Check(text, sql, parameters, hasRest: false);

    [Theory]
    [InlineData("size(name) > 2", "TRUE", "")]
    [InlineData("age == 1 && size(name) > 2", "age = ?1", "1")]
    [InlineData("age == 1 || size(name) > 2", "TRUE", "")]
    [InlineData("price < 19.99", "price <= ?1", "19.99")]
    [InlineData("price != 19.99", "price IS NOT NULL", "")]
    [InlineData("note != 'x'", "(note <> ?1 OR note IS NULL)", "x")]
    [InlineData("note == null", "note IS NULL", "")]
    [InlineData("!has(record.note)", "note IS NULL", "")]
    [InlineData("has(record.note)", "TRUE", "")]
    [InlineData("joined > timestamp('2026-01-01T00:00:00Z')", "joined >= ?1", "1767225600000000")]
    [InlineData("joined < timestamp('2026-01-01T00:00:00.0000001Z')", "joined <= ?1", "1767225600000000")]
    [InlineData("'red' in tags", "TRUE", "")]
    [InlineData("name.matches('^a')", "TRUE", "")]
    [InlineData("name.endsWith(name)", "TRUE", "")]
    public void A_part_of_it(string text, string sql, string parameters) => Check(text, sql, parameters, hasRest: true);

    [Fact]
    public void Only_what_SQL_does_not_say_exactly_is_left()
    {
        var filter = Translate("age == 1 && price < 5.0 && active && size(name) > 2");
        Assert.Equal("(age = ?1 AND price <= ?2 AND active = ?3)", filter.Text);
        Assert.True(filter.Rest!.IsTrue(Sample.Variables("""{"price": 4, "name": "Ada"}""")));
        Assert.False(filter.Rest.IsTrue(Sample.Variables("""{"price": 5, "name": "Ada", "age": 1, "active": true}""")));
    }

    [Fact]
    public void Parameters_can_be_numbered_behind_others() => Assert.Equal(
        "(age = ?4 AND name = ?5)",
        SqlTranslator.Translate(
            Sample.Compile("age == 1 && name == 'x'"), s_columns, SqliteDialect.Instance, Sample.Variables("{}"), 4).Text);

    private static void Check(string text, string sql, string parameters, bool hasRest)
    {
        var filter = Translate(text);
        Assert.Equal(sql, filter.Text);
        Assert.Equal(parameters, string.Join(", ", filter.Parameters.Select(value => FormattableString.Invariant($"{value}"))));
        Assert.Equal(hasRest, filter.Rest is not null);
    }

    private static SqlFilter Translate(string text) =>
        SqlTranslator.Translate(Sample.Compile(text), s_columns, SqliteDialect.Instance, Sample.Variables("{}"));
}
