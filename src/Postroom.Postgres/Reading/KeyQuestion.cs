using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>A key that a caller wants looked up.</summary>
internal sealed class KeyQuestion(KeyHash key, long now) : Promise<KeyMatch?>
{
    public KeyHash Key { get; } = key;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; } = now;
}
