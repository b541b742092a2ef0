using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>Something for the writer to do inside a batch. It waits in the queue as a link of its list.</summary>
internal abstract class Work
{
    /// <summary>The next in a list of the queue's.</summary>
    public Work? Next { get; set; }

    /// <summary>What it holds in memory, more or less, in bytes.</summary>
    public int Bytes { get; private protected set; }

    /// <summary>True when its end is decided and no attempt at the batch may run it again.</summary>
    public bool IsSettled { get; private protected set; }

    /// <summary>Does it, inside the transaction. It may be called again after a rollback.</summary>
    public abstract void Execute(WriterSession session);

    /// <summary>Decides that it ends so, without effect.</summary>
    public abstract void Settle(UnitOutcome outcome);

    /// <summary>Tells the one who waits. After the commit, never on the writer.</summary>
    public abstract void Release();
}
