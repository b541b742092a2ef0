namespace Postroom.Bench.Parsers;

/// <summary>The same bytes read by our parser and by another one.</summary>
/// <param name="Format">What the body is.</param>
/// <param name="Rival">Who else reads it.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Ours">Reads them; gives something that depends on all of them.</param>
/// <param name="Theirs">Does the same.</param>
internal sealed record Contest(
    string Format, string Rival, byte[] Body, Func<byte[], ValueTask<long>> Ours, Func<byte[], ValueTask<long>> Theirs);
