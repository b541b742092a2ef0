using Postroom.Faults;

namespace Postroom.Expressions;

/// <summary>Why a text is no expression of its environment.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in code points of the line.</param>
/// <param name="Message">What was expected and what to do, without the place.</param>
internal sealed record ExpressionFault(int Line, int Column, string Message)
{
    /// <summary>The limit that was hit, if one was.</summary>
    public LimitFault? Limit { get; init; }

    /// <summary>The message behind its place.</summary>
    public override string ToString() =>
        Line == 1 ? $"Column {Column}: {Message}" : $"Line {Line}, column {Column}: {Message}";
}
