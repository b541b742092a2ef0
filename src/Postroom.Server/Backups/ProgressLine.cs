using System.Globalization;

namespace Postroom.Server.Backups;

/// <summary>
/// Says how far a long command is: on a terminal one line that is written over, else a plain line now and then, so
/// that the log of a nightly run stays short.
/// </summary>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, TimeProvider time)
{
    private static readonly TimeSpan s_terminalEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_plainEvery = TimeSpan.FromSeconds(10);

    private string? _what;
    private long _began;
    private long _said;
    private int _width;

    /// <summary>For the terminal of this process.</summary>
    public static ProgressLine Standard { get; } =
        new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>So much of it is done.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="done">How much of it.</param>
    /// <param name="total">How much there is.</param>
    /// <param name="isBytes">Whether these are bytes; else they are things that are counted.</param>
    public void Report(string what, long done, long total, bool isBytes = true)
    {
        if (_what != what)
        {
            (_what, _began, _said) = (what, time.GetTimestamp(), time.GetTimestamp());
            return;
        }

        if (time.GetElapsedTime(_said) < (isTerminal ? s_terminalEvery : s_plainEvery))
        {
            return;
        }

        _said = time.GetTimestamp();
        Say(Text(what, done, total, time.GetElapsedTime(_began), isBytes));
    }

    /// <summary>Clears the line.</summary>
    public void End()
    {
        if (_width > 0)
        {
            output.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }

    private static string Text(string what, long done, long total, TimeSpan elapsed, bool isBytes)
    {
        var perSecond = done / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = perSecond > 0 ? Math.Ceiling((total - done) / perSecond) : 0;
        var speed = string.Create(
            CultureInfo.InvariantCulture, $"{(isBytes ? perSecond / 1e6 : perSecond):0.0}{(isBytes ? " MB" : "")}/s");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {(total > 0 ? done * 100 / total : 100)} %, {speed}, {left:0} s left");
    }

    private void Say(string text)
    {
        if (!isTerminal)
        {
            output.WriteLine(text);
            return;
        }

        output.Write("\r" + text.PadRight(_width));
        _width = Math.Max(_width, text.Length);
    }
}
