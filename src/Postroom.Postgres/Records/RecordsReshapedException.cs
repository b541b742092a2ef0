namespace Postroom.Postgres.Records;

/// <summary>
/// Another node has changed a table of records, or it is not known here yet: what was read of it is read again, and the
/// batch runs once more.
/// </summary>
internal sealed class RecordsReshapedException() : Exception("A table of records was changed meanwhile.");
