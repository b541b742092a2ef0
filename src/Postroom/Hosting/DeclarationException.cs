using Postroom.Declarations;

namespace Postroom.Hosting;

/// <summary>The start found faults in what is declared; the message lists all of them, a line each.</summary>
public sealed class DeclarationException(IReadOnlyList<DeclarationFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Every fault.</summary>
    public IReadOnlyList<DeclarationFault> Faults { get; } = faults;
}
