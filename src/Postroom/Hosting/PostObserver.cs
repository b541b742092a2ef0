using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Tells of each POST when it has ended: a log line, a trace, a measurement. None of them delays the next.
/// </summary>
internal sealed partial class PostObserver
{
    private readonly ITraceStore _traces;
    private readonly ILogger<PostObserver> _logger;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _verdicts;

    public PostObserver(ITraceStore traces, IMeterFactory meters, ILogger<PostObserver> logger)
    {
        _traces = traces;
        _logger = logger;
        var meter = meters.Create("Postroom");
        _duration = meter.CreateHistogram<double>(
            "postroom.post.duration", "s", "How long POSTs take, from the first header to the answer.");
        _verdicts = meter.CreateCounter<long>(
            "postroom.spam.verdicts", "{message}", "Messages that the rules about spam hold, by their first reason.");
    }

    public void Ended(PostExchange exchange)
    {
        var status = exchange.Fault?.Kind.Status ?? exchange.Answer!.Status;
        var elapsed = exchange.Clock.Elapsed;
        if (_duration.Enabled)
        {
            _duration.Record(elapsed.TotalSeconds, new("path", exchange.Plan.Path), new("status", status));
        }

        if (exchange is { Fault: null, HeldReason: { } reason })
        {
            // As many series as there are endpoints and reasons: nothing of it comes from a message.
            _verdicts.Add(1, new("path", exchange.Plan.Path), new("reason", reason));
        }

        if (_logger.IsEnabled(LogLevel.Information))
        {
            Log.Post(_logger, exchange.Http.Request.Method, exchange.Plan.Path, status, Outcome(exchange),
                Reference(exchange), elapsed.TotalMilliseconds, LogText.Agent(exchange), LogText.Document(exchange),
                LogText.Note(exchange));
        }

        if (_traces.HasRoom)
        {
            _traces.Record(new PostTrace(exchange.Id, exchange.Plan.Path, exchange.ReceivedAt, status,
                exchange.Fault?.Kind.Code, exchange.Clock.Stages()));
        }
    }

    private static EntryId Reference(PostExchange exchange) =>
        exchange.Answer is null ? exchange.Id : exchange.AnswerEntry;

    private static string Outcome(PostExchange exchange) => exchange switch
    {
        { Fault: { } fault } => fault.Kind.Code,
        { AnswerOrigin: AnswerOrigin.Replayed } => "replayed",
        { Answer.Status: >= 400 } => "refused",
        { HeldReason: { } reason } => "held:" + reason,
        _ => "stored",
    };

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information,
            "{Method} {Path} {Status} {Outcome} {Entry} {Milliseconds:0.0} ms {Agent} {Document}{Note}")]
        public static partial void Post(
            ILogger logger, string method, string path, int status, string outcome, EntryId entry,
            double milliseconds, string agent, string document, string note);
    }
}
