namespace Postroom.Sqlite.Keys;

/// <summary>A full generation in memory, until its file is written.</summary>
internal sealed class FrozenKeys(GenerationFacts facts, KeyTable table) : KeyGeneration(facts)
{
    public KeyTable Table { get; } = table;

    public override long Find(in KeyProbe probe) => Table.Find(probe.Key);
}
