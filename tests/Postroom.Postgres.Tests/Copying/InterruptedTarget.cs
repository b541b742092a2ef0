using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>A target whose process dies at its nth write, just before it or just behind it.</summary>
internal sealed class InterruptedTarget(ICopyTarget target, int at, bool isBehind) : ICopyTarget
{
    private int _writes;

    public string Place => target.Place;

    public CopyProgress? Progress => target.Progress;

    public long Count(CopyTable table, CopyScope scope) => target.Count(table, scope);

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) => target.Read(table, after, scope);

    public bool HasRows(CopyTable table) => target.HasRows(table);

    public void Begin(CopyProgress progress) => Do(() => target.Begin(progress));

    public void Write(CopyTable table, CopySlice slice, CopyProgress progress) =>
        Do(() => target.Write(table, slice, progress));

    public void Write(CopyProgress progress) => Do(() => target.Write(progress));

    public void Derive(CopyScope scope) => Do(() => target.Derive(scope));

    public ValueTask DisposeAsync() => target.DisposeAsync();

    private void Do(Action write)
    {
        var isLast = ++_writes == at;
        if (isLast && !isBehind)
        {
            throw new InterruptedException();
        }

        write();
        if (isLast)
        {
            throw new InterruptedException();
        }
    }
}
