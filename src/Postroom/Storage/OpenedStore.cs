using Microsoft.Extensions.Hosting;

namespace Postroom.Storage;

/// <summary>A store, and the traces and files beside it; the host disposes all three.</summary>
public sealed record OpenedStore(IPostStore Posts, ITraceStore Traces, IFileStore Files)
{
    /// <summary>Work of the store's own, which runs from the start of the host to its end; null for none.</summary>
    public IHostedService? Worker { get; init; }
}
