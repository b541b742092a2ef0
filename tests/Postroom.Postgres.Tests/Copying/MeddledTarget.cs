using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>A target that somebody else touches before the nth slice.</summary>
internal sealed class MeddledTarget(ICopyTarget target, int at, Func<Task> meddle) : ICopyTarget
{
    private int _slices;

    public string Place => target.Place;

    public CopyProgress? Progress => target.Progress;

    public long Count(CopyTable table, CopyScope scope) => target.Count(table, scope);

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) => target.Read(table, after, scope);

    public bool HasRows(CopyTable table) => target.HasRows(table);

    public void Begin(CopyProgress progress) => target.Begin(progress);

    public void Write(CopyTable table, CopySlice slice, CopyProgress progress)
    {
        if (++_slices == at)
        {
            meddle().GetAwaiter().GetResult();
        }

        target.Write(table, slice, progress);
    }

    public void Write(CopyProgress progress) => target.Write(progress);

    public void Derive(CopyScope scope) => target.Derive(scope);

    public ValueTask DisposeAsync() => target.DisposeAsync();
}
