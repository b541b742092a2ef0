namespace Postroom.Storage;

/// <summary>
/// The answer that is kept with its entry and given again, byte for byte, to every repeat.
/// A form fixes two of them at commit: the JSON bytes, and where a browser without a script is sent.
/// </summary>
/// <param name="Status">The HTTP status of the JSON answer, such as 201.</param>
/// <param name="Body">The JSON answer as it was rendered: UTF-8.</param>
/// <param name="Redirect">Where a 303 leads when the caller wants a page; null for endpoints that never
/// redirect.</param>
/// <param name="Location">The Location header of the JSON answer, where something was created that has an
/// address.</param>
public sealed record StoredAnswer(
    int Status, ReadOnlyMemory<byte> Body, string? Redirect = null, string? Location = null);
