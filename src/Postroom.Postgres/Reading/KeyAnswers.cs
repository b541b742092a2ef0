using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>
/// Looks keys up for POSTs on their way, those together that wait together: each POST asks once, and a round trip for
/// each would cost more than what is written for it.
/// </summary>
internal sealed class KeyAnswers
{
    private const int Askers = 2;
    private const int TogetherMax = 256;

    // After a restart of the server every waiting connection of the pool is dead, and one is found so at a time.
    private const int AttemptsMax = 3;

    // A server that is gone without a word is not asked again while others wait behind.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // Side by side, each key by its index: nothing else is worth a thought of the planner, however few rows there are.
    private const string Rows = $"""
        SELECT n.key, f.* FROM unnest($1) AS n (key)
        CROSS JOIN LATERAL (SELECT row FROM postroom.keys WHERE key = n.key OFFSET 0) k
        CROSS JOIN LATERAL (SELECT {EntryRows.Facts} FROM postroom.entries e WHERE e.row = k.row OFFSET 0) f
        """;

    private readonly Channel<KeyQuestion> _questions = Channel.CreateUnbounded<KeyQuestion>();
    private readonly Database _database;
    private readonly string _sql;
    private readonly Task _ended;

    public KeyAnswers(Database database)
    {
        _database = database;
        _sql = database.Sql(Rows);
        _ended = RunAsync();
    }

    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    public ValueTask<KeyMatch?> FindAsync(KeyHash key, long now)
    {
        var question = new KeyQuestion(key, now);
        ObjectDisposedException.ThrowIf(!_questions.Writer.TryWrite(question), this);
        return question.Task;
    }

    /// <summary>Ends when all have their answer who asked before.</summary>
    public Task CloseAsync()
    {
        _questions.Writer.TryComplete();
        return _ended;
    }

    private async Task RunAsync()
    {
        using var line = new WaitingLine<KeyQuestion>(_questions.Reader);
        await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(() => RunAsync(line))));
    }

    private async Task RunAsync(WaitingLine<KeyQuestion> line)
    {
        var questions = new List<KeyQuestion>(TogetherMax);
        while (true)
        {
            questions.Clear();
            await line.TakeAsync(questions, static _ => true);
            if (questions.Count == 0)
            {
                return;
            }

            await AnswerAsync(questions);
            Callers.Tell(questions);
        }
    }

    private async Task AnswerAsync(List<KeyQuestion> questions)
    {
        try
        {
            var entries = await ReadAsync([.. questions.Select(question => Uuids.Of(question.Key))]);
            foreach (var question in questions)
            {
                question.TryEnd(entries.TryGetValue(question.Key, out var entry)
                    ? EntryRows.Match(entry, question.Key, question.Now)
                    : null);
            }
        }
        catch (Exception failure)
        {
            questions.ForEach(question => question.TryFail(failure));
        }
    }

    private async Task<Dictionary<KeyHash, Entry>> ReadAsync(Guid[] keys)
    {
        var since = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(keys);
            }
            catch (Exception failure) when (Failures.Kind(failure) == FailureKind.Lost)
            {
                _database.Clear();
                if (attempt == AttemptsMax || Stopwatch.GetElapsedTime(since) > s_patience)
                {
                    throw new StoreUnreachableException(failure);
                }
            }
        }
    }

    private async Task<Dictionary<KeyHash, Entry>> ReadOnceAsync(Guid[] keys)
    {
        await using var command = _database.Source.CreateCommand(_sql);
        command.Parameters.Add(Parameters.Uuids(keys));
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new Dictionary<KeyHash, Entry>();
        while (await reader.ReadAsync())
        {
            entries[Uuids.Key(reader.GetGuid(0))] = EntryRows.ReadFacts(reader, 1);
        }

        return entries;
    }
}
