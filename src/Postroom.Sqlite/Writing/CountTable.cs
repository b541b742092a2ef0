using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over counts of entries by period.</summary>
internal sealed class CountTable(SqliteConnection connection) : IDisposable
{
    /// <summary>The count of a period: its endpoint, length and beginning.</summary>
    public const string Select = "SELECT count FROM quota_counts WHERE endpoint = ?1 AND period = ?2 AND start = ?3";

    private readonly SqliteStatement _select = connection.Prepare(Select);

    private readonly SqliteStatement _add = connection.Prepare(
        "INSERT INTO quota_counts VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET count = count + 1");

    private readonly SqliteStatement _forget = connection.Prepare(
        "DELETE FROM quota_counts WHERE endpoint = ?1 AND period = ?2 AND start < ?3 - ?2");

    public bool IsBelow(CountBelow below)
    {
        Bind(_select, below.Endpoint, below.Period, below.Start);
        var count = _select.Step() ? _select.Number(0) : 0;
        _select.Reset();
        return count < below.Max;
    }

    public void Add(CountEntry count)
    {
        Bind(_forget, count.Endpoint, count.Period, count.Start);
        _forget.Run();
        Bind(_add, count.Endpoint, count.Period, count.Start);
        _add.Run();
    }

    public void Dispose()
    {
        _select.Dispose();
        _add.Dispose();
        _forget.Dispose();
    }

    private static void Bind(SqliteStatement statement, string endpoint, long period, long start)
    {
        statement.BindText(1, endpoint);
        statement.Bind(2, period);
        statement.Bind(3, start);
    }
}
