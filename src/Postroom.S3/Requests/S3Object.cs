namespace Postroom.S3.Requests;

/// <summary>What is known of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="WrittenAt">When it was written last, by the store's clock.</param>
/// <param name="MadeOf">What it says it was made of; null when it does not, and in listings.</param>
internal sealed record S3Object(string Key, long Size, DateTimeOffset WrittenAt, string? MadeOf);
