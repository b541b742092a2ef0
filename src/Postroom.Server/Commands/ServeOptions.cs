namespace Postroom.Server.Commands;

/// <summary>What the command line says of <c>serve</c>.</summary>
internal sealed record ServeOptions(string Path, string[] Listen, string? Data, bool Lan, string Log, TimeSpan Drain);
