using Postroom.Load.Comparing;
using Postroom.Load.Driving;

namespace Postroom.Load.Tests;

public sealed class StoreCheckTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 2 }, true)]
    [InlineData(new[] { 2, 0, 1, 3 }, true)] // 3 was sent and lost its answer: stored or not, both are right
    [InlineData(new[] { 0, 1 }, false)] // lost
    [InlineData(new[] { 0, 1, 2, 2 }, false)] // doubled
    [InlineData(new[] { 0, 1, 3 }, false)] // one lost behind a count that agrees
    [InlineData(new[] { 0, 1, 2, 3, 4 }, false)] // 4 was refused, and yet it is stored
    public void AStoreHoldsWhenItHasWhatWasAcknowledgedOnceAndNothingRefused(int[] stored, bool holds)
    {
        var acknowledged = new AcknowledgedSet();
        for (var number = 0; number < 5; number++)
        {
            acknowledged.Take();
        }

        acknowledged.Acknowledge(0);
        acknowledged.Acknowledge(1);
        acknowledged.Acknowledge(2);
        acknowledged.LoseSightOf();
        Assert.Equal(holds, StoreCheck.Compare(acknowledged, stored).Holds);
    }
}
