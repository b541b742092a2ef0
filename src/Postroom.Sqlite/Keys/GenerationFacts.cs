namespace Postroom.Sqlite.Keys;

/// <summary>What the database knows of a generation: enough to tell a missing file, and to make it again.</summary>
/// <param name="Number">Its number, rising.</param>
/// <param name="FirstRow">The lowest row in it.</param>
/// <param name="LastRow">The highest row in it.</param>
/// <param name="Keys">How many keys it has.</param>
/// <param name="NewestExpiry">When the last of them ends, in Unix milliseconds.</param>
internal sealed record GenerationFacts(long Number, long FirstRow, long LastRow, long Keys, long NewestExpiry);
