using Postroom.Postgres.Jobs;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Records;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Opening;

/// <summary>The parts of an open store.</summary>
internal sealed class PostgresParts
{
    public required Database Database { get; init; }

    public required NodeNumber Node { get; init; }

    public required UnitWriters Writers { get; init; }

    public required KeyAnswers Keys { get; init; }

    public required JobNotices Notices { get; init; }

    /// <summary>Null where nothing can be heard.</summary>
    public required JobListener? Listener { get; init; }

    public required RecordShapes Shapes { get; init; }

    public required byte[] Secret { get; init; }

    public required EntryIdSource Ids { get; init; }

    /// <summary>Does what waits, and closes part after part.</summary>
    public async ValueTask CloseAsync()
    {
        await Writers.CloseAsync();
        await Keys.CloseAsync();
        await Notices.DisposeAsync();
        if (Listener is not null)
        {
            await Listener.DisposeAsync();
        }

        await Node.DisposeAsync();
        await Database.DisposeAsync();
    }
}
