namespace Postroom.Expressions.Evaluation;

/// <summary>What is asked of a list's items.</summary>
internal enum MacroKind
{
    /// <summary>The condition holds for each.</summary>
    All,

    /// <summary>It holds for at least one.</summary>
    Exists,

    /// <summary>It holds for exactly one.</summary>
    ExistsOne,

    /// <summary>Those for which it holds.</summary>
    Filter,

    /// <summary>What becomes of each.</summary>
    Map,
}
