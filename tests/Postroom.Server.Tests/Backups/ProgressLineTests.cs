using Postroom.Server.Backups;

namespace Postroom.Server.Tests.Backups;

/// <summary>What a person, and what a log, sees of a long command.</summary>
public sealed class ProgressLineTests
{
    private readonly Clock _clock = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void A_terminal_gets_one_line_that_is_written_over_and_cleared()
    {
        var line = new ProgressLine(_output, isTerminal: true, _clock);
        line.Report("Copying", 0, 100_000_000);
        _clock.Pass(seconds: 2);
        line.Report("Copying", 50_000_000, 100_000_000);
        line.Report("Copying", 50_000_001, 100_000_000);
        line.End();
        const string Said = "Copying: 50 %, 25.0 MB/s, 2 s left";
        Assert.Equal($"\r{Said}\r{new string(' ', Said.Length)}\r", _output.ToString());
    }

    [Fact]
    public void A_log_gets_a_line_every_ten_seconds()
    {
        var line = new ProgressLine(_output, isTerminal: false, _clock);
        for (var done = 0; done <= 25; done++)
        {
            line.Report("Copying", done * 1_000_000, 25_000_000);
            _clock.Pass(seconds: 1);
        }

        line.End();
        Assert.Equal("Copying: 40 %, 1.0 MB/s, 15 s left\nCopying: 80 %, 1.0 MB/s, 5 s left\n", _output.ToString());
    }

    [Fact]
    public void Nothing_to_do_is_done()
    {
        var line = new ProgressLine(_output, isTerminal: true, _clock);
        line.Report("Copying", 0, 0);
        _clock.Pass(seconds: 1);
        line.Report("Copying", 0, 0);
        Assert.Equal("\rCopying: 100 %, 0.0 MB/s, 0 s left", _output.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(int seconds) => _ticks += seconds * TimeSpan.TicksPerSecond;
    }
}
