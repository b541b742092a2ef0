using Postroom.Expressions;

namespace Postroom.Tests.Expressions;

public sealed class ExpressionAllocationTests
{
    /// <summary>A filter is evaluated for each record that the database leaves, a rule for each request.</summary>
    [Theory]
    [InlineData("record.age >= 18 && record.name.startsWith(\"a\") || active")]
    [InlineData("price < 20.5 && 'blue' in tags && address.city == 'London'")]
    [InlineData("joined < now && size(name) > 2 && name.matches('^A') && user.id == 'u1'")]
    public void An_evaluation_allocates_nothing(string text)
    {
        var expression = Sample.Compile(text);
        var variables = Sample.Variables(Sample.Ada);
        Assert.True(Run(expression, variables));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            Run(expression, variables);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Run(Expression expression, Postroom.Expressions.Values.ExpressionValue[] variables) =>
        expression.IsTrue(variables);
}
