namespace Postroom.Faults;

/// <summary>The limit that was hit.</summary>
/// <param name="Name">The name under which it is declared, such as <c>limits.body</c>.</param>
/// <param name="Value">Its value, in the unit that its name implies: bytes, count, seconds, bytes a second
/// or requests a minute.</param>
public sealed record LimitFault(string Name, long Value);
