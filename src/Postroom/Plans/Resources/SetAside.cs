namespace Postroom.Plans.Resources;

/// <summary>A member that came and that no caller sets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as JSON.</param>
internal readonly record struct SetAside(string Name, ReadOnlyMemory<byte> Value);
