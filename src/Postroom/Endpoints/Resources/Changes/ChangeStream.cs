using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>
/// GET of the changes of a resource as server-sent events. It ends when plans are swapped, when the server stops, and
/// after an hour, so that whoever may no longer follow does not; the client connects again and goes on where it was.
/// </summary>
internal sealed class ChangeStream(
    IPostStore store, ChangeWatches watches, StreamSlots slots, PlanTable plans, IHostApplicationLifetime lifetime,
    EntropySource entropy, TimeProvider time)
{
    private const long RetryLeast = 1000;
    private const long RetrySpread = 2000;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async Task RunAsync(HttpContext http, EndpointPlan plan, Caller caller)
    {
        var position = default(ChangePosition);
        var fault = ChangeAudience.Judge(plan, caller, out var audience)
            ?? ChangePosition.Parse(http.Request, out position);
        if (fault is null && http.Request.Method == HttpMethods.Head)
        {
            WriteHead(http);
            return;
        }

        fault ??= slots.Take(caller);
        if (fault is not null)
        {
            await FaultResponse.RefuseAsync(http, fault, plan);
            return;
        }

        try
        {
            await FollowAsync(http, new ChangeReader(store, plan, audience), plan, position);
        }
        finally
        {
            slots.Free(caller);
        }
    }

    private static void WriteHead(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";

        // What nginx and those who took it over from nginx heed: an event is passed on when it comes.
        headers["X-Accel-Buffering"] = "no";
    }

    private async Task FollowAsync(
        HttpContext http, ChangeReader changes, EndpointPlan plan, ChangePosition position)
    {
        using var longest = new CancellationTokenSource(Longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            longest.Token, http.RequestAborted, lifetime.ApplicationStopping);
        using var swapped = plans.ChangeToken.RegisterChangeCallback(
            static source => _ = ((CancellationTokenSource)source!).CancelAsync(), end);
        var watch = watches.Follow(plan.Resource!.Table);
        try
        {
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var output = http.Response.BodyWriter;
            WriteHead(http);

            // Not all at the same moment when many lost their server.
            ChangeEvents.WriteRetry(output, RetryLeast + (long)(entropy.NextUInt64() % RetrySpread));
            changes.Begin(position, output);
            await output.FlushAsync(end.Token);

            // A swap before the token was taken has ended this plan already.
            if (ReferenceEquals(plans.Find(plan.Path), plan))
            {
                await SendAsync(changes, watch, output, end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or StoreUnreachableException)
        {
            // The client connects again, here or elsewhere; after another status a browser would not.
        }
        finally
        {
            watches.Leave(watch);
        }
    }

    private async Task SendAsync(ChangeReader changes, ChangeWatch watch, PipeWriter output, CancellationToken end)
    {
        var sentAt = time.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            var next = watch.Next;
            var isAtEnd = !changes.ReadOn(output);
            var left = KeepAlive - time.GetElapsedTime(sentAt);
            if (output.UnflushedBytes == 0 && left <= TimeSpan.Zero)
            {
                changes.KeepAlive(output);
            }

            if (output.UnflushedBytes > 0)
            {
                await output.FlushAsync(end);
                sentAt = time.GetTimestamp();
            }
            else if (isAtEnd)
            {
                await next.WaitAsync(left, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
