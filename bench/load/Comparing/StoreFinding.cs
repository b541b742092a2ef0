namespace Postroom.Load.Comparing;

/// <summary>One store, compared with what was acknowledged.</summary>
internal sealed record StoreFinding(string Contestant, StoreCheck Check);
