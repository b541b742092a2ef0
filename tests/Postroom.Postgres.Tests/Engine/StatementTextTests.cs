using Postroom.Postgres.Statements;

namespace Postroom.Postgres.Tests.Engine;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("select ?1, ?2", "select $1, $2", 2)]
    [InlineData("select '?1', \"?2\", ?3", "select '?1', \"?2\", $3", 3)]
    [InlineData("select 'it''s ?1' -- ?2\n, ?1", "select 'it''s ?1' -- ?2\n, $1", 1)]
    [InlineData("select /* ?9 */ a ? 'b'", "select /* ?9 */ a ? 'b'", 0)]
    public void Placeholders_are_translated_where_they_are_placeholders(string text, string expected, int highest) =>
        Assert.Equal((expected, highest), StatementText.Translate(text));
}
