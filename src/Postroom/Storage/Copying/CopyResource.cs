namespace Postroom.Storage.Copying;

/// <summary>A resource whose records are copied.</summary>
/// <param name="Number">Its number in this engine.</param>
/// <param name="Endpoint">Its path.</param>
/// <param name="Name">The name of its table.</param>
internal sealed record CopyResource(long Number, string Endpoint, string Name);
