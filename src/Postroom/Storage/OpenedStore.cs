namespace Postroom.Storage;

/// <summary>A store, and the traces and files beside it; the host disposes all three.</summary>
public sealed record OpenedStore(IPostStore Posts, ITraceStore Traces, IFileStore Files);
