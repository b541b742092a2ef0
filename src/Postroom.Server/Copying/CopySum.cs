namespace Postroom.Server.Copying;

/// <summary>What the rows of a table come to.</summary>
/// <param name="Rows">How many they are.</param>
/// <param name="Digest">The SHA-256 over all of them in their order, in hexadecimal digits.</param>
internal sealed record CopySum(long Rows, string Digest);
