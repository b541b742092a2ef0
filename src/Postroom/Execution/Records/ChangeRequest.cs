using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;

namespace Postroom.Execution.Records;

/// <summary>A change of one record that somebody asks for, whatever way the request came.</summary>
internal sealed record ChangeRequest
{
    /// <summary>The resource.</summary>
    public required EndpointPlan Plan { get; init; }

    /// <summary>What is to be done.</summary>
    public required PostAction Action { get; init; }

    /// <summary>The record that is meant; for a creation by POST a new id.</summary>
    public required EntryId Id { get; init; }

    /// <summary>Who asks; the rules that depend on no record have admitted him.</summary>
    public required Caller Caller { get; init; }

    /// <summary>When, in Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>
    /// The whole document, valid by the schema; for an update the merge patch, well-formed; empty for a deletion.
    /// </summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The members that came and that no caller sets.</summary>
    public IReadOnlyList<SetAside> Aside { get; init; } = [];

    /// <summary>What is taken for granted.</summary>
    public Preconditions Preconditions { get; init; } = Preconditions.None;

    /// <summary>For a POST: the record that has the values by which it updates; empty for none.</summary>
    public EntryId Upserts { get; init; }
}
