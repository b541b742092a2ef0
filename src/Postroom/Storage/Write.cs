namespace Postroom.Storage;

/// <summary>
/// A change, with all ids and times fixed beforehand. The set is closed: every engine knows every write.
/// </summary>
public abstract record Write
{
    private protected Write()
    {
    }
}
