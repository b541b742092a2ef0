namespace Postroom.JsonSchema;

/// <summary>What a walk over a document found.</summary>
public enum JsonVerdict
{
    /// <summary>Well-formed JSON that the schema accepts.</summary>
    Valid,

    /// <summary>Well-formed JSON that the schema refuses; <see cref="SchemaFaults"/> lists why.</summary>
    Invalid,

    /// <summary>Not acceptable JSON; <see cref="SchemaFaults.Malformation"/> says where and why.</summary>
    Malformed,
}
