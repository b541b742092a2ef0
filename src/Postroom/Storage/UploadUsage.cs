namespace Postroom.Storage;

/// <summary>What uploads take: open ones by what they will have, finished ones until their entry is deleted.</summary>
/// <param name="Bytes">Bytes.</param>
/// <param name="Open">How many are open.</param>
public readonly record struct UploadUsage(long Bytes, long Open);
