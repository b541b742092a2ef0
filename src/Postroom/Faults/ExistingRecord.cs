namespace Postroom.Faults;

/// <summary>The record that is in the way, for a caller who may read it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">The path under which it is read.</param>
public sealed record ExistingRecord(string Id, string Address);
