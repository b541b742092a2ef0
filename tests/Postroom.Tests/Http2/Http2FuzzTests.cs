using System.Text;
using Postroom.Tests.Fuzzing;
using Postroom.Tests.Idempotency;
using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>
/// Frames of whole requests with bytes changed, left out and doubled, and out of their order: no answer is a 500, and
/// the server serves on.
/// </summary>
public sealed class Http2FuzzTests(Http2Host host) : IClassFixture<Http2Host>
{
    private const int Rounds = 300;

    [Fact]
    public async Task No_frames_cause_a_500_or_an_end()
    {
        FuzzRun run = new(Rounds);
        while (run.Next())
        {
            var frames = Mutate(run.Random);
            await run.JudgeAsync(() => JudgeAsync(frames), [.. frames.SelectMany(frame => frame.ToBytes())]);
        }

        await host.RequireServingAsync();
    }

    private async Task JudgeAsync(List<Http2Frame> frames)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        await client.BeginAsync(Fields());
        foreach (var frame in frames)
        {
            await client.WriteAsync(frame);
        }

        // The answer to it, or the end of the connection, says that all was read; the host looks at what came of it.
        await client.PingAsync();
    }

    private static List<Http2Frame> Mutate(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Keys.Ada);
        List<Http2Frame> frames =
        [
            new(Http2FrameType.Data, 0, 1, body[..10]),
            new(Http2FrameType.Data, Http2Frame.EndStream, 1, body[10..]),
            new(Http2FrameType.Headers, Http2Frame.EndHeaders, 3, HeaderBlock.Write(Fields())),
            new(Http2FrameType.WindowUpdate, 0, 0, Http2Frame.FromNumber(1000)),
            new(Http2FrameType.Data, Http2Frame.EndStream, 3, body),
            new(Http2FrameType.Settings, 0, 0, [0, 4, 0, 1, 0, 0]),
            new(Http2FrameType.Reset, 0, 1, Http2Frame.FromNumber(Http2ErrorCode.Cancel)),
        ];
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(frames.Count);
            var frame = frames[at];
            switch (random.Next(6))
            {
                case 0:
                    frames.RemoveAt(at);
                    frames.Insert(random.Next(frames.Count + 1), frame);
                    break;
                case 1:
                    frames.Insert(at, frame);
                    break;
                case 2:
                    frames[at] = frame with { Flags = frame.Flags ^ (1 << random.Next(8)) };
                    break;
                case 3:
                    frames[at] = frame with { Stream = random.Next(8) };
                    break;
                case 4:
                    frames[at] = frame with { Type = (Http2FrameType)random.Next(12) };
                    break;
                default:
                    frames[at] = frame with { Payload = Change(random, frame.Payload) };
                    break;
            }
        }

        return frames;
    }

    private static byte[] Change(Random random, byte[] payload)
    {
        if (payload.Length == 0 || random.Next(2) == 0)
        {
            return payload[..random.Next(payload.Length + 1)];
        }

        var changed = (byte[])payload.Clone();
        changed[random.Next(changed.Length)] = (byte)random.Next(256);
        return changed;
    }
}
