using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>What one evaluation works with.</summary>
internal ref struct EvaluationFrame
{
    /// <summary>By slot.</summary>
    public ReadOnlySpan<ExpressionValue> Variables;

    /// <summary>Where the fields that the expression names stand in the variables' documents.</summary>
    public ReadOnlySpan<FieldRange> Fields;

    /// <summary>What the macros' own names stand for at this moment.</summary>
    public ExpressionValue[] Locals;

    /// <summary>Of <see cref="ExpressionLimits.WorkMax"/>.</summary>
    public int WorkLeft;

    /// <summary>False when there is no work left.</summary>
    public bool Spend(int work)
    {
        WorkLeft -= work;
        return WorkLeft >= 0;
    }

    /// <summary>Spends what a text of that many bytes costs to go over.</summary>
    public bool SpendBytes(int bytes) => Spend(bytes / 64);
}
