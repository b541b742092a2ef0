using System.Diagnostics;
using System.Net.Http.Headers;

namespace Postroom.Bench.Attacks;

/// <summary>A client that posts a message every 20 ms on one connection, and notes how it fares.</summary>
internal sealed class Innocent(Uri address)
{
    private static readonly byte[] Form = "name=Ada&email=ada%40example.com&message=Good+morning"u8.ToArray();
    private readonly List<double> _milliseconds = [];

    public int Taken => _milliseconds.Count;

    public int Failed { get; private set; }

    public double Median => At(0.5);

    public double Worst => At(1);

    public async Task PostAsync(int count)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var number = 0; number < count; number++)
        {
            await PostAsync(client);
        }
    }

    public async Task PostUntilAsync(Task end)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        do
        {
            await PostAsync(client);
            await Task.WhenAny(end, Task.Delay(20));
        }
        while (!end.IsCompleted);
    }

    private async Task PostAsync(HttpClient client)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var content = new ByteArrayContent(Form);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using var answer = await client.PostAsync("/api/contact", content);
            if ((int)answer.StatusCode == 201)
            {
                _milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                return;
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // Counted below: an innocent client that is refused or waits half a minute was not served.
        }

        Failed++;
    }

    private double At(double share)
    {
        _milliseconds.Sort();
        return _milliseconds.Count == 0 ? double.NaN : _milliseconds[(int)((_milliseconds.Count - 1) * share)];
    }
}
