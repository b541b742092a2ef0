using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Postroom.Tests.Hosts;

/// <summary>Keeps every log line, so that a test can ask what an operator would have seen.</summary>
public sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Completes when a line holds the text.</summary>
    public Task ContainsAsync(string text) => Patience.UntilAsync(
        () => _lines.Any(line => line.Contains(text, StringComparison.Ordinal)), "the log line " + text);

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception) + (exception is null ? "" : "\n" + exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
