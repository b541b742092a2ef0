namespace Postroom.Storage;

/// <summary>A store and the traces beside it; the host disposes both.</summary>
public sealed record OpenedStore(IPostStore Posts, ITraceStore Traces);
