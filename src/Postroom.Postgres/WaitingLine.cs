using System.Threading.Channels;

namespace Postroom.Postgres;

/// <summary>
/// Takes what waits, as much as goes together, for several who serve it: one of them waits at a time, so that what
/// comes wakes one, and he finds all that came meanwhile.
/// </summary>
internal sealed class WaitingLine<T>(ChannelReader<T> reader) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Fills an empty list once something waits; it stays empty when nothing will come any more.</summary>
    /// <param name="taken">Where to; not more than its capacity.</param>
    /// <param name="fits">Told of each that was taken: whether another may come with it.</param>
    public async ValueTask TakeAsync(List<T> taken, Func<T, bool> fits)
    {
        await _turn.WaitAsync();
        try
        {
            while (taken.Count == 0 && await reader.WaitToReadAsync())
            {
                while (taken.Count < taken.Capacity && reader.TryRead(out var next))
                {
                    taken.Add(next);
                    if (!fits(next))
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
