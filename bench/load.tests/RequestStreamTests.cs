using System.Text;
using System.Text.Json;
using Postroom.Load.Wire;

namespace Postroom.Load.Tests;

public sealed class RequestStreamTests
{
    private const int ContactBytes = 262;

    [Fact]
    public void EveryRequestIsAContactMessageOfTheStatedLength()
    {
        var requests = new RequestStream("/api/contact", 3000, seed: 1);
        var text = Encoding.ASCII.GetString(requests.Write(7));
        var (head, body) = (text[..requests.HeadLength], text[requests.HeadLength..]);
        Assert.Contains($"Content-Length: {ContactBytes}\r\n", head, StringComparison.Ordinal);
        Assert.Equal(ContactBytes, body.Length);
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(["name", "email", "message"], document.RootElement.EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public void NoTwoRequestsShareAKeyOrABody()
    {
        const int Requests = 5_000;
        var requests = new RequestStream("/api/contact", 3000, seed: 1);
        var keys = new HashSet<Guid>();
        var bodies = new HashSet<string>();
        for (long sequence = 0; sequence < Requests; sequence++)
        {
            keys.Add(requests.KeyOf(sequence));
            bodies.Add(Encoding.ASCII.GetString(requests.Write(sequence)[requests.HeadLength..]));
        }

        Assert.Equal((Requests, Requests), (keys.Count, bodies.Count));
        Assert.All(keys, key => Assert.Equal((4, 8), (key.Version, key.Variant & 0b1100)));
    }

    [Fact]
    public void TheSameSeedAndNumberGiveTheSameBytesAndAnotherSeedAnotherKey()
    {
        var first = new RequestStream("/api/contact", 3000, seed: 1);
        var again = new RequestStream("/api/contact", 3000, seed: 1);
        var other = new RequestStream("/api/contact", 3000, seed: 2);
        again.Write(8);
        Assert.Equal(first.Write(7).ToArray(), again.Write(7).ToArray());
        Assert.NotEqual(first.KeyOf(7), other.KeyOf(7));
    }

    [Fact]
    public void TheKeyOnTheWireIsTheKeyOfTheNumber()
    {
        var requests = new RequestStream("/api/contact", 3000, seed: 3);
        var text = Encoding.ASCII.GetString(requests.Write(11));
        Assert.Contains($"\r\nIdempotency-Key: {requests.KeyOf(11):D}\r\n", text, StringComparison.Ordinal);
    }
}
