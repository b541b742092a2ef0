using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Changes;

/// <summary>Reads server-sent events as the HTML standard says (§9.2.6), over a real connection of its own.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);
    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private EventStream(HttpClient client, HttpResponseMessage response, Stream content)
    {
        _client = client;
        Response = response;
        _lines = new StreamReader(content);
    }

    public HttpResponseMessage Response { get; }

    /// <summary>What would be sent as <c>Last-Event-ID</c>; empty before one came.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>What <c>retry</c> said, in milliseconds.</summary>
    public int Retry { get; private set; }

    public int Comments { get; private set; }

    public static Task<EventStream> OpenAsync(PostHost host, params (string Name, string Value)[] headers) =>
        OpenAsync(host, "", headers);

    public static Task<EventStream> ResumeAsync(PostHost host, string after) =>
        OpenAsync(host, "", ("Last-Event-ID", after));

    public static async Task<EventStream> OpenAsync(
        PostHost host, string query, params (string Name, string Value)[] headers)
    {
        var client = host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users/changes" + query);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patient);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return new EventStream(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<StreamEvent?> NextAsync()
    {
        while (await BlockAsync() is { } block)
        {
            if (block.Data.Length > 0)
            {
                return block;
            }
        }

        return null;
    }

    public async Task<List<StreamEvent>> TakeAsync(int count)
    {
        var events = new List<StreamEvent>();
        while (events.Count < count)
        {
            events.Add(await NextAsync() ?? throw new EndOfStreamException($"{events.Count} events of {count} came."));
        }

        return events;
    }

    /// <summary>Reads to the end of one block, which may be no event; null at the end of the stream.</summary>
    public async Task<StreamEvent?> BlockAsync()
    {
        var (name, data) = ("message", "");
        while (await LineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return new StreamEvent(LastId, name, data);
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].TrimStart(' ');
            switch (line[..colon])
            {
                case "id":
                    LastId = value;
                    break;
                case "event":
                    name = value;
                    break;
                case "data":
                    data += value;
                    break;
                case "retry":
                    Retry = int.Parse(value);
                    break;
                default:
                    Comments++;
                    break;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        Response.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> LineAsync()
    {
        try
        {
            return await _lines.ReadLineAsync().WaitAsync(Patient);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
