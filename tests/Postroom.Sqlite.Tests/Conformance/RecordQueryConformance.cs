using Postroom.Expressions;
using Postroom.Storage;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Queries over records: filtered, sorted, page by page, counted; the same on every engine.</summary>
public abstract class RecordQueryConformance : PostStoreConformance
{
    private static readonly ExpressionEnvironment s_environment = RecordVariables.Environment(ExpressionType.MapOf(
        new Dictionary<string, ExpressionType>
        {
            ["email"] = ExpressionType.String,
            ["score"] = ExpressionType.Double.OrNull(),
            ["open"] = ExpressionType.Bool,
            ["begins"] = ExpressionType.Timestamp,
            ["until"] = ExpressionType.Int,
            ["address"] = ExpressionType.MapOf(
                new Dictionary<string, ExpressionType> { ["city"] = ExpressionType.String, ["number"] = ExpressionType.Int },
                null),
            ["tags"] = ExpressionType.ListOf(ExpressionType.String),
        },
        null));

    private static RecordTable Table => RecordSample.Users;

    [Fact]
    public async Task A_filter_gives_the_records_for_which_it_is_true()
    {
        await FillAsync(40);
        Assert.Equal(["u3@x", "u2@x"], Emails(Query("until in [2, 3]")));
        Assert.Equal(["u7@x"], Emails(Query("until > 6 && address.number <= 3 && email.startsWith('u7')")));
        Assert.Equal(["u3@x", "u1@x", "u0@x"], Emails(Query("email == 'u0@x' || 'tag1' in tags && until < 5")));
        Assert.Empty(Emails(Query("has(record.score) && score == null && false")));
        Assert.Equal(40, Emails(Query("created <= now") with { Limit = 1000 }).Count);
        Assert.Equal(["u5@x"], Emails(Query($"id == '{Find("until == 5").Single().Id}'")));
        Assert.Equal(40, Emails(Query("owner == null && version == 1") with { Limit = 1000 }).Count);
    }

    [Fact]
    public async Task Records_are_sorted_and_empty_columns_count_as_greatest()
    {
        await FillAsync(6);
        await InsertAsync("""{"email": "none@x", "address": {}}""");
        Assert.Equal(
            ["u0@x", "u1@x", "u2@x", "u3@x", "u4@x", "u5@x", "none@x"],
            Emails(new RecordQuery { Table = Table, Sorts = [new RecordSort("until", false)] }));
        Assert.Equal(
            ["none@x", "u5@x", "u4@x", "u3@x", "u2@x", "u1@x", "u0@x"],
            Emails(new RecordQuery { Table = Table, Sorts = [new RecordSort("until", true)] }));
        Assert.Equal(
            ["u0@x", "u4@x", "u1@x", "u5@x", "u2@x", "u3@x", "none@x"],
            Emails(new RecordQuery { Table = Table, Sorts = [new RecordSort("number", false), new RecordSort("email", false)] }));
    }

    [Fact]
    public async Task Texts_are_sorted_by_code_point()
    {
        string[] names = ["Z", "a", "\u00e4", "\uffff", "\ud83d\ude00"];
        foreach (var name in names.Reverse())
        {
            await InsertAsync($$"""{"email": "{{name}}"}""");
        }

        Assert.Equal(names, Emails(new RecordQuery { Table = Table, Sorts = [new RecordSort("email", false)] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("until")]
    [InlineData("-until")]
    [InlineData("score")]
    [InlineData("-score")]
    [InlineData("open,-number")]
    [InlineData("-begins,email")]
    [InlineData("created_at")]
    [InlineData("city,-score,number")]
    public async Task Pages_visit_each_record_once_while_others_come(string sort)
    {
        await FillAsync(60);
        var before = Find("true").Select(record => record.Id).ToHashSet();
        RecordSort[] sorts =
        [
            .. sort.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(name => new RecordSort(name.TrimStart('-'), name.StartsWith('-'))),
        ];
        var query = Query("until >= 0 || !has(record.until)") with { Sorts = sorts, Limit = 7 };
        var visited = new List<EntryId>();
        var count = 60;
        for (var pages = 0; pages < 60; pages++)
        {
            var page = Run(query);
            visited.AddRange(page.Records.Select(record => record.Id));
            if (page.Next is null)
            {
                break;
            }

            query = query with { After = page.Next };
            await InsertAsync(Document(count++));
        }

        Assert.Equal(visited.Count, visited.Distinct().Count());
        Assert.Subset(visited.ToHashSet(), before);
    }

    [Fact]
    public async Task What_SQL_cannot_say_is_evaluated_in_slices()
    {
        await FillAsync(50);
        var query = Query("size(email) == 4 && tags.exists(t, t == 'tag1')") with { Limit = 3, ScanMax = 10 };
        var found = new List<string>();
        var pages = 0;
        while (true)
        {
            var page = Run(query);
            pages++;
            found.AddRange(page.Records.Select(Email));
            if (page.Next is null)
            {
                break;
            }

            query = query with { After = page.Next };
        }

        Assert.Equal(["u9@x", "u7@x", "u5@x", "u3@x", "u1@x"], found);
        Assert.InRange(pages, 2, 12);
    }

    [Fact]
    public async Task Records_are_counted_by_the_filter()
    {
        await FillAsync(30);
        Assert.Equal(10, Count(Query("until < 10"), 100));
        Assert.Equal(15, Count(Query("tags.exists(t, t == 'tag1')"), 100));
        Assert.Equal(30, Count(new RecordQuery { Table = Table }, 100));
    }

    private RecordQuery Query(string filter) => new()
    {
        Table = Table,
        Filter = Expression.CompileCondition(filter, s_environment).Expression
            ?? throw new InvalidOperationException(Expression.CompileCondition(filter, s_environment).Fault!.ToString()),
        Variables = RecordVariables.Of(DateTimeOffset.FromUnixTimeMilliseconds(Now)),
    };

    private IReadOnlyList<Record> Find(string filter) => Run(Query(filter) with { Limit = 1000 }).Records;

    private RecordQueryPage Run(RecordQuery query)
    {
        using var reader = Store.Read();
        var page = reader.QueryRecords(query);
        if (query.ScanMax >= 1000)
        {
            // An engine that does not answer by itself must find the same.
            var scanned = RecordScan.Run(reader, query);
            Assert.Equal(page.Records.Select(record => record.Id), scanned.Records.Select(record => record.Id));
            Assert.Equal(page.Next?.Id, scanned.Next?.Id);
        }

        return page;
    }

    private long? Count(RecordQuery query, int max)
    {
        using var reader = Store.Read();
        Assert.Equal(RecordScan.Count(reader, query, max), reader.CountRecords(query, max));
        return reader.CountRecords(query, max);
    }

    private List<string> Emails(RecordQuery query) => [.. Run(query).Records.Select(Email)];

    private static string Email(Record record)
    {
        using var document = System.Text.Json.JsonDocument.Parse(record.Document);
        return document.RootElement.GetProperty("email").GetString()!;
    }

    private async Task FillAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await InsertAsync(Document(number));
        }
    }

    private static string Document(int number)
    {
        var score = number % 5 == 0 ? "null" : (number % 7 / 2.0).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $$$"""
            {"email": "u{{{number}}}@x", "until": {{{number}}}, "open": {{{(number % 3 == 0 ? "true" : "false")}}},
             "score": {{{score}}}, "begins": "2026-01-0{{{number % 4 + 1}}}T00:00:00Z", "tags": ["tag{{{number % 2}}}"],
             "address": {"city": "c{{{number % 2}}}", "number": {{{number % 4}}}}}
            """;
    }

    private async Task InsertAsync(string document)
    {
        await Store.PrepareAsync([Table], TestContext.Current.CancellationToken);
        await CommitAsync(new InsertRecord(Table, RecordSample.Record(Table, Store.Ids.Next(), Now, document)));
    }
}
