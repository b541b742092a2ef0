namespace Postroom.Postgres.Tests.Engine;

/// <summary>Does something at a point of the first batch that passes it, and nothing later.</summary>
internal sealed class StoreFault : IStoreFault
{
    private int _passed;

    public Func<int, ValueTask>? BeforeCommit { get; init; }

    public Func<int, ValueTask>? AfterCommit { get; init; }

    public ValueTask BeforeCommitAsync(int backend) => Run(BeforeCommit, backend);

    public ValueTask AfterCommitAsync(int backend) => Run(AfterCommit, backend);

    private ValueTask Run(Func<int, ValueTask>? act, int backend) =>
        act is not null && Interlocked.Exchange(ref _passed, 1) == 0 ? act(backend) : default;
}
