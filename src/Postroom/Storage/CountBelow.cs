namespace Postroom.Storage;

/// <summary>
/// Fewer than so many entries of an endpoint were counted in a period. Its write is <see cref="CountEntry"/>.
/// </summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Period">The length of the period in milliseconds; 0 for all time.</param>
/// <param name="Start">When the period began, in Unix milliseconds; 0 for all time.</param>
/// <param name="Max">How many may be counted in it, at least 1.</param>
public sealed record CountBelow(string Endpoint, long Period, long Start, long Max) : Guard;
