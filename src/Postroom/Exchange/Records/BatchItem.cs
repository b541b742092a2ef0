using Postroom.Faults;

namespace Postroom.Exchange.Records;

/// <summary>One item of a batch.</summary>
/// <param name="Index">Where it stood, counted from 0.</param>
/// <param name="Document">What becomes the record, with the defaults of the schema.</param>
/// <param name="Fault">Why it cannot be one, whatever is stored; null when it can.</param>
internal sealed record BatchItem(int Index, ReadOnlyMemory<byte> Document, Fault? Fault);
