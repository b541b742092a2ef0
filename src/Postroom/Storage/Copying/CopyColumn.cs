namespace Postroom.Storage.Copying;

/// <summary>A column of a table that is copied.</summary>
/// <param name="Name">Its name, in every engine.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record CopyColumn(string Name, CopyKind Kind);
