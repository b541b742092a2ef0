namespace Postroom.Crash.Tests.Oracles;

public sealed class DurabilityOracleTests
{
    private readonly PostHistory _history = new();

    public DurabilityOracleTests()
    {
        _history.Send("acknowledged", 10);
        _history.Acknowledge(new Acknowledgement("acknowledged", 201, [1, 2], 20));
        _history.Send("unanswered", 15);
    }

    private static StoredEntry Acknowledged => new("acknowledged", 201, [1, 2]);

    [Fact]
    public void What_was_acknowledged_is_there_and_the_rest_may_be()
    {
        Assert.Empty(Check(30, Acknowledged));
        Assert.Empty(Check(30, Acknowledged, new StoredEntry("unanswered", 201, [])));
    }

    [Fact]
    public void What_was_acknowledged_and_is_not_there_is_lost() => Assert.Equal([ViolationKind.Lost], Check(30));

    [Fact]
    public void An_acknowledgement_after_the_crash_promised_nothing_yet() => Assert.Empty(Check(20));

    [Fact]
    public void Anything_twice_is_a_violation() =>
        Assert.Equal([ViolationKind.Doubled], Check(30, Acknowledged, Acknowledged));

    [Fact]
    public void An_unanswered_post_twice_is_a_violation_too() => Assert.Equal(
        [ViolationKind.Doubled],
        Check(30, Acknowledged, new StoredEntry("unanswered", 201, []), new StoredEntry("unanswered", 201, [])));

    [Fact]
    public void Another_answer_is_a_violation()
    {
        Assert.Equal([ViolationKind.AnswerChanged], Check(30, Acknowledged with { Body = [1, 3] }));
        Assert.Equal([ViolationKind.AnswerChanged], Check(30, Acknowledged with { Status = 200 }));
    }

    [Fact]
    public void What_nobody_had_sent_comes_from_nowhere()
    {
        Assert.Equal([ViolationKind.FromNowhere], Check(30, Acknowledged, new StoredEntry("strange", 201, [])));
        Assert.Equal([ViolationKind.FromNowhere], Check(12, Acknowledged, new StoredEntry("unanswered", 201, [])));
    }

    private ViolationKind[] Check(long crashed, params StoredEntry[] stored) =>
        [.. DurabilityOracle.Check(_history, crashed, stored).Select(violation => violation.Kind)];
}
