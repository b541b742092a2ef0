namespace Postroom.Declarations;

/// <summary>How many entries an endpoint takes.</summary>
/// <param name="Max">How many, at least 1.</param>
/// <param name="Period">In each hour or day of UTC; null for all time.</param>
public sealed record QuotaDeclaration(int Max, TimeSpan? Period = null);
