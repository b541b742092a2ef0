using Postroom.Crash.Tests.Posting;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests;

/// <summary>What is scarce is given away once, and every answer about it stays true, whenever the server is killed.</summary>
public sealed class TicketKillTests
{
    private const int Buyers = 1000;
    private const int Seats = 100;
    private const int Kills = 8;

    [Fact]
    public async Task A_thousand_buyers_get_a_hundred_seats_through_kills()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL: Linux only.");
        using var site = new PostroomSite(TicketSale.Declaration);
        using var sale = new TicketSale();
        var random = new Random(20_261_125);
        var buying = Enumerable.Range(0, Buyers).Select(sale.BuyAsync).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await LiveUntilKilled(site, sale, random.Next(1, Seats / 5));
        }

        using var server = await ServerProcess.StartAsync("Postroom.Server", site, site.Data);
        sale.Opens(server.Address);
        var bought = await Task.WhenAll(buying);

        var taken = await sale.ListAsync();
        Assert.Equal(Seats, taken.Count);
        Assert.All(taken, seat => Assert.True(seat.Value, $"{seat.Key} is held and not confirmed"));
        Assert.Equal(taken.Keys.Order(), bought.OfType<string>().Order());
        Assert.Equal(bought, await Task.WhenAll(Enumerable.Range(0, Buyers).Select(sale.RepeatAsync)));
        Assert.Equal(Seats, (await sale.ListAsync()).Count);
    }

    private static async Task LiveUntilKilled(PostroomSite site, TicketSale sale, int answers)
    {
        using var server = await ServerProcess.StartAsync("Postroom.Server", site, site.Data);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sale.Answered = () =>
        {
            if (Interlocked.Decrement(ref answers) == 0)
            {
                sale.Closes();
                server.Host.Kill();
                enough.SetResult();
            }
        };
        sale.Opens(server.Address);
        await enough.Task;
        sale.Answered = () => { };
    }
}
