namespace Postroom.Expressions;

/// <summary>Why an evaluation has no value. <c>&amp;&amp;</c> and <c>||</c> absorb it when the other side decides.
/// </summary>
internal enum ExpressionError
{
    /// <summary>The field, key or variable is not there.</summary>
    Absent,

    /// <summary>The value is not of the type that the schema declares, or that the operation takes.</summary>
    WrongType,

    /// <summary>The result is out of its type's range.</summary>
    OutOfRange,

    /// <summary>A division by zero.</summary>
    DivisionByZero,

    /// <summary>A list has no item at the index.</summary>
    IndexOutOfRange,

    /// <summary>A text that cannot be converted.</summary>
    NotConvertible,

    /// <summary>It goes beyond <see cref="ExpressionLimits.WorkMax"/>.</summary>
    TooMuchWork,
}
