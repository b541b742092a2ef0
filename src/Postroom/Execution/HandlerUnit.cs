using System.Security.Claims;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>Gathers what a handler reads (guards) and writes (statements) in one run.</summary>
internal sealed class HandlerUnit(HandledPost post, IPostStore store, IFileStore files) : IPostUnit, IDisposable
{
    private const int StatementsMax = 1000;
    private const int QueriesMax = 200;
    private readonly List<Guard> _guards = [];
    private readonly List<Write> _writes = [];
    private IStoreReader? _reader;
    private ClaimsPrincipal? _caller;
    private IReadOnlyList<IPostFile>? _files;

    public EntryId Entry => post.Entry;

    public EntryId Record => post.Record;

    public PostAction Action => post.Action;

    public ReadOnlyMemory<byte> Document => post.Document;

    // Of those who are not signed in each gets an own one: a handler may add to it.
    public ClaimsPrincipal Caller => _caller ??= post.Caller ?? new ClaimsPrincipal(new ClaimsIdentity());

    public IReadOnlyList<IPostFile> Files => _files ??= PostFile.Of(post.Files, files);

    public IReadOnlyList<Guard> Guards => _guards;

    public IReadOnlyList<Write> Writes => _writes;

    public Fault? Refusal { get; private set; }

    public bool IsFinal { get; private set; }

    public QueryResult Query(string text, params IReadOnlyList<object?> parameters)
    {
        if (_guards.Count == QueriesMax)
        {
            throw new InvalidOperationException($"A handler may make at most {QueriesMax} queries.");
        }

        var statement = Make(text, parameters);
        _reader ??= store.Read();
        var result = _reader.Query(statement);
        _guards.Add(new QueryUnchanged(statement, result.Digest()));
        return result;
    }

    public void Execute(string text, params IReadOnlyList<object?> parameters)
    {
        if (_writes.Count == StatementsMax)
        {
            throw new InvalidOperationException($"A handler may add at most {StatementsMax} statements.");
        }

        _writes.Add(new RunStatement(Make(text, parameters)));
    }

    public void Refuse(string message, string? pointer = null, int status = 422) =>
        SetRefusal(message, pointer, status, isFinal: false);

    public void RefuseFinally(string message, string? pointer = null, int status = 409) =>
        SetRefusal(message, pointer, status, isFinal: true);

    public void Dispose() => _reader?.Dispose();

    private Statement Make(string text, IReadOnlyList<object?> parameters)
    {
        if (!store.HasStatements)
        {
            throw new NotSupportedException($"The store \"{store.Name}\" has no statements.");
        }

        foreach (var parameter in parameters)
        {
            if (parameter is not (null or string or long or int or bool or double or byte[]))
            {
                throw new ArgumentException($"A parameter may not be a {parameter.GetType()}.", nameof(parameters));
            }
        }

        return new Statement(text, parameters);
    }

    private void SetRefusal(string message, string? pointer, int status, bool isFinal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        if (!Rejection.Statuses.Contains(status))
        {
            throw new ArgumentOutOfRangeException(
                nameof(status), status, "Refuse with 400, 402, 403, 404, 409, 410 or 422.");
        }

        Refusal = new Fault(Rejection.Kind(status, isFinal), message)
        {
            Errors = pointer is null ? [] : [new FieldFault(pointer, "rejected", message)],
        };
        IsFinal = isFinal;
    }
}
