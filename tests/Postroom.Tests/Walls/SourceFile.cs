namespace Postroom.Tests.Walls;

internal sealed record SourceFile(string Path, string[] Lines);
