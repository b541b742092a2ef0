using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>Tells whoever follows the changes of records that some are committed, so that he need not look.</summary>
internal interface IChangeSignal
{
    /// <param name="writes">What was committed; writes of other things say nothing here.</param>
    void Committed(IReadOnlyList<Write> writes);
}
