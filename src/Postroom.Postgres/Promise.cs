using System.Threading.Tasks.Sources;

namespace Postroom.Postgres;

/// <summary>
/// A result that one caller awaits once: its end is decided first, and told by <see cref="Callers"/>.
/// </summary>
internal abstract class Promise<T> : IPromise, IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _source;
    private (T? Result, Exception? Failure)? _end;

    /// <summary>What the caller awaits.</summary>
    public ValueTask<T> Task => new(this, _source.Version);

    /// <summary>Decides how it ends; false when that is decided already.</summary>
    public bool TryEnd(T result) => TryEnd(result, null);

    /// <summary>Decides that it fails; false when its end is decided already.</summary>
    public bool TryFail(Exception failure) => TryEnd(default, failure);

    void IPromise.Release()
    {
        if (_end is { Failure: { } failure })
        {
            _source.SetException(failure);
        }
        else
        {
            _source.SetResult(_end!.Value.Result!);
        }
    }

    T IValueTaskSource<T>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private bool TryEnd(T? result, Exception? failure)
    {
        if (_end is not null)
        {
            return false;
        }

        _end = (result, failure);
        return true;
    }
}
