using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>
/// Durable work that follows an accepted POST. It runs at least once, after the commit, and again with growing pauses
/// when it throws; after a crash it is taken up again.
/// </summary>
public interface IPostJob
{
    /// <summary>The entry that it follows from.</summary>
    EntryId Entry { get; }

    /// <summary>Of a resource: the record that was created or changed; empty for a form.</summary>
    EntryId Record => default;

    /// <summary>What the request did: of a form always a creation.</summary>
    PostAction Action => PostAction.Create;

    /// <summary>The same at every attempt: give it to whatever you call, so that a repeat is known there.</summary>
    string Key { get; }

    /// <summary>From 1.</summary>
    int Attempt { get; }

    /// <summary>
    /// The files that came with the entry, in the order sent. They are there as long as the entry is.
    /// </summary>
    IReadOnlyList<IPostFile> Files { get; }

    /// <summary>Services of a scope of this attempt.</summary>
    IServiceProvider Services { get; }
}
