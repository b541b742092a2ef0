using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Endpoints.Resources.Changes;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources.Changes;
using Postroom.Tests.Idempotency;
using Postroom.Tests.Resources;
using Postroom.Tests.Resources.Bookings;

namespace Postroom.Tests.Answers.Catalogue;

/// <summary>How each kind of refusal comes about.</summary>
internal static class RefusalCases
{
    private const string Thread =
        """{"type":"object","properties":{"to":{"type":"string","x-ref":"/api/contact"}}}""";

    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string BeforeRouting = "it is judged before an endpoint, and so its origins, is known";
    private const string KeyOne = "Idempotency-Key: " + Keys.One;
    private const string KeyTwo = "Idempotency-Key: " + Keys.Two;

    /// <summary>Made anew each time: some hold a gate.</summary>
    public static IEnumerable<RefusalCase> All() =>
    [
        .. Bodies(), .. Files(), .. Requests(), .. Identities(), .. Records(), .. Bookings(), .. Times(), .. OwnCode(),
        .. Failures(), .. UploadRefusals.All(),
    ];

    private static IEnumerable<RefusalCase> Bodies() =>
    [
        new("empty-body") { Body = "" },
        new("incomplete-body") { MediaType = Multipart, Body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx" },
        new("malformed-json") { Body = "{\"name\": Ada}" },
        new("malformed-form") { MediaType = "multipart/form-data", Body = "x" },
        new("malformed-xml") { MediaType = "application/xml", Body = "<a>" },
        new("malformed-csv") { MediaType = "text/csv", Body = "a,b\n1", Endpoint = Takes("csv") },
        new("malformed-body") { MediaType = "text/plain", Body = "\u00ff", Endpoint = Takes("text") },
        new("malformed-coding") { Headers = ["Content-Encoding: gzip"] },
        new("limit-exceeded") { MediaType = Form, Body = "a=1&b=2&c=3&d=4&e=5&f=6" },
        new("validation-failed") { Body = "{}" },
        new("body-too-large") { Body = new string(' ', 20_000) },
        new("media-type-unsupported") { MediaType = "text/plain", Body = "Ada" },
        new("media-type-mismatch") { MediaType = Form },
        new("content-coding-unsupported") { Headers = ["Content-Encoding: zstd"] },
    ];

    private static IEnumerable<RefusalCase> Files() =>
    [
        new("files-unsupported") { MediaType = Multipart, Body = File("name", "a.txt", "x") },
        new("file-too-large")
        {
            MediaType = Multipart,
            Body = File("cv", "a.txt", new string('x', 101)),
            Endpoint = endpoint => TakesFile(endpoint) with { Limits = endpoint.Limits with { File = 100 } },
        },
        new("file-type-refused") { MediaType = Multipart, Body = File("cv", "cv.png", "<html>"), Endpoint = TakesFile },
    ];

    private static IEnumerable<RefusalCase> Requests() =>
    [
        new("malformed-request") { Host = "", Unreadable = BeforeRouting },
        new("transfer-coding-unsupported")
        {
            IsChunked = true,
            Headers = ["Transfer-Encoding: gzip, chunked"],
            Body = "0\r\n\r\n",
            Unreadable = BeforeRouting,
        },
        new("request-line-too-long") { Path = "/api/contact?" + new string('a', 9000), Unreadable = BeforeRouting },
        new("headers-too-large") { Headers = [.. Enumerable.Repeat("X-A: b", 100)], Unreadable = BeforeRouting },
        new("https-required") { Host = "post.example.com", Map = HttpsRule.Use, Unreadable = BeforeRouting },
        new("not-found") { Method = "GET", Path = "/_postroom/errors/none", Unreadable = "it is no endpoint" },
        new("method-not-allowed") { Method = "PUT", Unreadable = "no preflight allows a page to send it" },
        new("expectation-failed") { Headers = ["Expect: a-miracle"] },
        new("too-early") { Headers = ["Early-Data: 1"] },
        new("origin-refused")
        {
            Headers = ["Origin: https://evil.example"],
            Unreadable = "it says that the page is not listed",
        },
        new("unauthenticated")
        {
            Endpoint = endpoint => endpoint with { Access = "authenticated" },
            Configure = new TestCallers().Add,
            Map = app => app.UseAuthentication(),
        },
        new("forbidden")
        {
            Headers = ["Authorization: Test ben"],
            Endpoint = endpoint => endpoint with { Access = "role:clerk" },
            Configure = new TestCallers().Add,
            Map = app => app.UseAuthentication(),
        },
        new("rate-exceeded")
        {
            Endpoint = endpoint => endpoint with { Limits = endpoint.Limits with { Rate = 1 } },
            Before = PostAdaAsync,
        },
        new("streams-exceeded")
        {
            Endpoint = _ => ChangeHost.Users,
            Method = "GET",
            Path = "/api/users/changes",
            IsRead = true,
            Body = "",
            Before = host =>
            {
                host.Services.GetRequiredService<StreamSlots>().MaxOfClient = 0;
                return Task.CompletedTask;
            },
        },
        new("body-too-slow")
        {
            Map = app => app.Use((http, next) =>
            {
                http.Request.Body = new StalledBody();
                return next(http);
            }),
        },
    ];

    private static IEnumerable<RefusalCase> Identities() =>
    [
        new("idempotency-key-missing") { Endpoint = Keyed },
        new("idempotency-key-invalid") { Headers = ["Idempotency-Key: short"] },
        new("idempotency-key-reused") { Headers = [KeyOne], Body = Keys.Ben, Before = PostAdaAsync },
        new("idempotency-key-expired")
        {
            Headers = [KeyOne, "Idempotency-First-Sent: Thu, 01 Jan 2026 00:00:00 GMT"],
            Endpoint = Keyed,
        },
        new("keys-exceeded")
        {
            Headers = [KeyTwo],
            Endpoint = endpoint => endpoint with { Limits = endpoint.Limits with { Keys = 1 } },
            Before = PostAdaAsync,
        },
        new("entry-removed")
        {
            Headers = [KeyOne],
            Before = async host =>
            {
                await PostAdaAsync(host);
                var id = Assert.Single(host.Entries()).Id;
                await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(id, KeepKey: true)] });
            },
        },
        new("duplicate")
        {
            Endpoint = endpoint => endpoint with { Unique = [new UniqueDeclaration([new UniqueField("/email")])] },
            Before = PostAdaAsync,
        },
    ];

    private static IEnumerable<RefusalCase> Records()
    {
        const string first = "/api/contact/0196f0a0-0000-7000-8000-000000000001";
        const string second = "/api/contact/0196f0a0-0000-7000-8000-000000000002";
        const string seat = """{"room":"a","slot":1}""";
        const string answer = """{"to":"0196f0a0-0000-7000-8000-000000000001"}""";
        yield return new("query-invalid")
        {
            Endpoint = Is(BookingHost.Seats), Method = "GET", Path = "/api/contact?filter=1", Body = "", IsRead = true,
        };
        yield return new("referenced")
        {
            Endpoint = Is(BookingHost.Resource("/", Thread, new())),
            Method = "DELETE",
            Path = first,
            Body = "",
            Before = Puts((first, "{}"), (second, answer)),
        };
        yield return new("precondition-failed")
        {
            Endpoint = Is(BookingHost.Seats),
            Method = "PUT",
            Path = first,
            Body = seat,
            Headers = ["If-Match: \"9\""],
            Before = Puts((first, seat)),
        };
        yield return new("precondition-required")
        {
            Endpoint = Is(BookingHost.Resource("/", Thread, new() { RequiresIfMatch = true })),
            Method = "DELETE",
            Path = first,
            Body = "",
            Before = Puts((first, "{}")),
        };
    }

    private static IEnumerable<RefusalCase> Bookings()
    {
        const string held = "/api/contact/0196f0a0-0000-7000-8000-000000000001";
        const string seat = """{"room":"a","slot":1}""";
        const string nights = """{"room":"a","arrival":"2030-06-01","departure":"2030-06-03"}""";
        yield return new("sold-out") { Endpoint = Is(BookingHost.Seats), Body = seat, Before = Twice(seat) };
        yield return new("overlap") { Endpoint = Is(BookingHost.Nights), Body = nights, Before = Twice(nights) };
        yield return new("hold-ended")
        {
            Endpoint = Is(BookingHost.HeldSeats),
            Path = held + "/confirm",
            Body = "",
            Before = async host =>
            {
                await Puts((held, seat))(host);
                host.Time.Advance(TimeSpan.FromMinutes(10));
            },
        };
    }

    private static IEnumerable<RefusalCase> Times() =>
    [
        new("not-open") { Endpoint = Open(new() { From = DateTimeOffset.MaxValue.AddYears(-1000) }) },
        new("closed") { Endpoint = Open(new() { Until = DateTimeOffset.UnixEpoch }) },
        new("quota-reached") { Endpoint = Limited(new(1)), Before = PostAdaAsync },
        new("quota-exceeded") { Endpoint = Limited(new(1, TimeSpan.FromHours(1))), Before = PostAdaAsync },
    ];

    private static IEnumerable<RefusalCase> OwnCode()
    {
        const string note = "/api/note";
        const string body = """{"text":"a"}""";
        yield return new("rejected") { Path = note, Body = body, Map = Handled((_, unit, _) => Refuse(unit)) };
        yield return new("conflict")
        {
            Path = note,
            Body = body,
            Map = Handled((_, _, _) => ValueTask.CompletedTask),
            Outcome = new UnitOutcome(UnitVerdict.Refused, new QueryUnchanged(new Statement("select 1"), default)),
        };
        var gate = new Gate();
        var first = Task.CompletedTask;
        yield return new("idempotency-key-in-use")
        {
            Path = note,
            Body = body,
            Headers = [KeyOne, "Prefer: wait=0"],
            Map = Handled((_, _, _) => gate.PassAsync()),
            Before = host =>
            {
                first = host.PostNoteAsync("a", Keys.Header(Keys.One));
                return gate.Came;
            },
            After = () =>
            {
                gate.Open();
                return first;
            },
        };
    }

    private static IEnumerable<RefusalCase> Failures() =>
    [
        new("internal-error") { Outcome = new UnitOutcome(UnitVerdict.Failed, Error: "x") },
        new("overloaded") { Outcome = UnitOutcome.Busy },
        new("outcome-unknown") { Outcome = UnitOutcome.Unknown },
        new("storage-full") { Outcome = UnitOutcome.Full },
    ];

    private static async Task PostAdaAsync(PostHost host)
    {
        using var taken = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(201, (int)taken.StatusCode);
    }

    private static Func<EndpointDeclaration, EndpointDeclaration> Is(EndpointDeclaration resource) =>
        contact => resource with { Path = contact.Path, Limits = contact.Limits };

    private static Func<PostHost, Task> Puts(params (string Path, string Json)[] records) => async host =>
    {
        foreach (var (path, json) in records)
        {
            using var created = await host.SendAsync("PUT", path, json);
            Assert.Equal(201, (int)created.StatusCode);
        }
    };

    private static Func<PostHost, Task> Twice(string json) => async host =>
    {
        await host.TryAsync("/api/contact", json);
        await host.TryAsync("/api/contact", json);
    };

    private static Func<EndpointDeclaration, EndpointDeclaration> Takes(string format) =>
        endpoint => endpoint with { Formats = [format] };

    private static Func<EndpointDeclaration, EndpointDeclaration> Open(OpeningDeclaration opening) =>
        endpoint => endpoint with { Opening = opening };

    private static Func<EndpointDeclaration, EndpointDeclaration> Limited(QuotaDeclaration quota) =>
        endpoint => endpoint with { Quota = quota };

    private static EndpointDeclaration TakesFile(EndpointDeclaration endpoint) => endpoint with
    {
        Schema = """{"type":"object","properties":{"cv":{"type":"string","format":"binary"}}}"""u8.ToArray(),
    };

    private static EndpointDeclaration Keyed(EndpointDeclaration endpoint) => endpoint with
    {
        Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required, RefuseLate = true },
    };

    private static Action<WebApplication> Handled(Func<Note, IPostUnit, CancellationToken, ValueTask> handler) =>
        app => app.MapForm("/api/note", NoteJson.Default.Note).InTransaction(handler);

    private static ValueTask Refuse(IPostUnit unit)
    {
        unit.Refuse("Not <today>.", "/text");
        return ValueTask.CompletedTask;
    }

    private static string File(string field, string name, string bytes) =>
        $"--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--b--\r\n";
}
