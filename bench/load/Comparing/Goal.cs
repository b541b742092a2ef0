namespace Postroom.Load.Comparing;

/// <summary>One promise about speed, and what was measured for it.</summary>
internal sealed record Goal(string Text, string Measured, bool Met);
