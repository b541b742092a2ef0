using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Carries a refusal out of a stream, whose contract knows bytes and exceptions only; <see cref="BodySource.FaultOf"/>
/// makes a value of it again.
/// </summary>
internal sealed class BodyException(Fault fault) : Exception(fault.Message)
{
    public Fault Fault { get; } = fault;
}
