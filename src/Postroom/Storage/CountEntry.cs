namespace Postroom.Storage;

/// <summary>
/// Counts one more entry of an endpoint in a period. Nothing is taken off when it is deleted; a count is forgotten when
/// entries are counted in the period after the next.
/// </summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Period">The length of the period in milliseconds; 0 for all time.</param>
/// <param name="Start">When the period began, in Unix milliseconds; 0 for all time.</param>
public sealed record CountEntry(string Endpoint, long Period, long Start) : Write;
