using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A part of a moment, such as <c>getHours()</c>, or a duration in whole units.</summary>
/// <param name="function">Its name.</param>
/// <param name="operand">The moment or duration.</param>
/// <param name="zone">Where the clock hangs; null for UTC.</param>
internal sealed class ClockNode(string function, Node operand, TimeZoneInfo? zone) : Node(ExpressionType.Int, operand)
{
    private static readonly Dictionary<string, Func<DateTime, int>> Parts = new(StringComparer.Ordinal)
    {
        ["getFullYear"] = moment => moment.Year,
        ["getMonth"] = moment => moment.Month - 1,
        ["getDate"] = moment => moment.Day,
        ["getDayOfMonth"] = moment => moment.Day - 1,
        ["getDayOfWeek"] = moment => (int)moment.DayOfWeek,
        ["getDayOfYear"] = moment => moment.DayOfYear - 1,
        ["getHours"] = moment => moment.Hour,
        ["getMinutes"] = moment => moment.Minute,
        ["getSeconds"] = moment => moment.Second,
        ["getMilliseconds"] = moment => moment.Millisecond,
    };

    private readonly Func<DateTime, int> _part = Parts[function];

    public static IEnumerable<string> Names => Parts.Keys;

    /// <summary>Whether a duration has it too.</summary>
    public static bool IsOfDurations(string function) =>
        function is "getHours" or "getMinutes" or "getSeconds" or "getMilliseconds";

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.Kind switch
        {
            ExpressionValueKind.Timestamp => ExpressionValue.Of((long)_part(OnTheClock(value))),
            ExpressionValueKind.Duration when IsOfDurations(function) => ExpressionValue.Of(Units(value.AsInt)),
            ExpressionValueKind.Error => value,
            _ => Error(ExpressionError.WrongType),
        };
    }

    private DateTime OnTheClock(in ExpressionValue moment)
    {
        var utc = DateTimeOffset.FromUnixTimeSeconds(moment.AsSeconds).UtcDateTime
            .AddTicks(moment.NanosecondsOfSecond / 100);
        return zone is null ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
    }

    /// <summary>The whole duration in hours, minutes or seconds; but only the milliseconds behind its last second.
    /// </summary>
    private long Units(long nanoseconds) => function switch
    {
        "getHours" => nanoseconds / 3_600_000_000_000,
        "getMinutes" => nanoseconds / 60_000_000_000,
        "getSeconds" => nanoseconds / 1_000_000_000,
        _ => nanoseconds / 1_000_000 % 1_000,
    };
}
