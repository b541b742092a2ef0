namespace Postroom.Storage;

/// <summary>
/// A condition judged before the unit's first write. The set is closed: every engine knows every guard.
/// </summary>
public abstract record Guard
{
    private protected Guard()
    {
    }
}
