namespace Postroom.Postgres;

/// <summary>Something that a caller awaits.</summary>
internal interface IPromise
{
    /// <summary>Tells the caller how it ended; his continuation runs within.</summary>
    void Release();
}
