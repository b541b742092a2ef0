using System.Text;

namespace Postroom.Storage.Copying;

/// <summary>Rows that lie in one place for each resource, one place after the other.</summary>
internal sealed class CopyChain : ICopyRows
{
    private readonly Queue<Func<ICopyRows>> _left = [];
    private ICopyRows? _part;

    /// <param name="resources">The resources, in the order of the bytes of their paths.</param>
    /// <param name="after">The keys to go on behind: a path, and a key of its rows; empty from the start.</param>
    /// <param name="open">Opens the rows of a resource behind a key of theirs; empty from the start.</param>
    public CopyChain(
        IEnumerable<CopyResource> resources, ReadOnlySpan<byte> after, Func<CopyResource, byte[], ICopyRows> open)
    {
        if (!after.IsEmpty)
        {
            var fields = new CopyFields(after);
            fields.Next();
            var (endpoint, key) = (Encoding.UTF8.GetString(fields.Bytes), after[^fields.Rest..].ToArray());
            resources = resources.SkipWhile(resource => resource.Endpoint != endpoint);
            if (resources.FirstOrDefault() is { } first)
            {
                _left.Enqueue(() => open(first, key));
            }

            resources = resources.Skip(1);
        }

        foreach (var resource in resources)
        {
            _left.Enqueue(() => open(resource, []));
        }
    }

    public bool Read(CopySlice slice)
    {
        while (!slice.IsFull && Next() is { } part)
        {
            part.Read(slice);
            if (!slice.IsFull)
            {
                part.Dispose();
                _part = null;
            }
        }

        return slice.Rows > 0;
    }

    public void Dispose() => _part?.Dispose();

    private ICopyRows? Next() => _part ??= _left.TryDequeue(out var open) ? open() : null;
}
