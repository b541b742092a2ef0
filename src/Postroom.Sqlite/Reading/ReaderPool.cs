using System.Collections.Concurrent;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Records;
using Postroom.Storage;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Reading;

/// <summary>Connections that read, kept for the next reader.</summary>
internal sealed class ReaderPool(
    Func<SqliteConnection> open, Func<string, RecordShape?> shapes, TimeProvider time, long statementStepsMax)
    : IDisposable
{
    private const int KeptMax = 32;

    private readonly ConcurrentStack<ReadSession> _free = new();
    private readonly ConcurrentDictionary<SqliteReader, long> _views = new();
    private volatile bool _closed;

    /// <summary>Reads one key's entry, in a moment of its own.</summary>
    public KeyMatch? FindMatch(long row, KeyHash key, long now)
    {
        var session = Rent();
        try
        {
            return session.FindMatch(row, key, now);
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Opens a view of the present moment.</summary>
    public SqliteReader Read()
    {
        var session = Rent();
        try
        {
            session.Begin();
        }
        catch
        {
            session.Dispose();
            throw;
        }

        var reader = new SqliteReader(this, session, shapes);
        _views[reader] = time.GetTimestamp();
        return reader;
    }

    /// <summary>Ends views that are open longer than this, and says how many.</summary>
    public int EndOlderThan(TimeSpan age)
    {
        var ended = 0;
        foreach (var (reader, since) in _views)
        {
            if (time.GetElapsedTime(since) > age)
            {
                reader.End();
                ended++;
            }
        }

        return ended;
    }

    /// <summary>Takes a view's connection back.</summary>
    public void Return(SqliteReader reader, ReadSession session)
    {
        _views.TryRemove(reader, out _);
        session.End();
        Return(session);
    }

    /// <summary>A connection for longer work of the store's own.</summary>
    public ReadSession Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _free.TryPop(out var session) ? session : ReadSession.Over(open(), statementStepsMax);
    }

    public void Return(ReadSession session)
    {
        if (_closed || _free.Count >= KeptMax)
        {
            session.Dispose();
            return;
        }

        _free.Push(session);
        if (_closed)
        {
            DisposeFree();
        }
    }

    public void Dispose()
    {
        _closed = true;
        foreach (var (reader, _) in _views)
        {
            reader.End();
        }

        DisposeFree();
    }

    private void DisposeFree()
    {
        while (_free.TryPop(out var session))
        {
            session.Dispose();
        }
    }
}
