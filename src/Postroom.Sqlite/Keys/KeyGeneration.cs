namespace Postroom.Sqlite.Keys;

/// <summary>Keys that came in one stretch of time and no longer change.</summary>
internal abstract class KeyGeneration(GenerationFacts facts)
{
    public GenerationFacts Facts { get; } = facts;

    /// <summary>The row that the key stands for here, or 0.</summary>
    /// <exception cref="KeyFileException">The file is damaged.</exception>
    public abstract long Find(in KeyProbe probe);
}
