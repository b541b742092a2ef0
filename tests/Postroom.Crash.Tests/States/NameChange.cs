using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>A change of names that happens as one: of a new name, of one that goes, or of both in a rename.</summary>
internal sealed record NameChange(
    DiskOperation Operation,
    FolderNode? RemovedFrom,
    string? RemovedName,
    FolderNode? AddedTo,
    string? AddedName,
    object? Node);
