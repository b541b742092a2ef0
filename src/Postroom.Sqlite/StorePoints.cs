namespace Postroom.Sqlite;

/// <summary>The points that a probe hears of.</summary>
internal static class StorePoints
{
    public const string UnitQueued = "unit-queued";
    public const string BatchBegun = "batch-begun";
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";
    public const string BeforeAcknowledge = "before-acknowledge";
    public const string AfterAcknowledge = "after-acknowledge";
    public const string Checkpoint = "checkpoint";
    public const string GenerationSealed = "generation-sealed";
}
