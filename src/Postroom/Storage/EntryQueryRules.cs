namespace Postroom.Storage;

/// <summary>What a query must be. A breach is a bug of the caller, so it throws.</summary>
internal static class EntryQueryRules
{
    private const int LimitMax = 1000;

    public static void Check(EntryQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, LimitMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.ScanMax, 1);
    }
}
