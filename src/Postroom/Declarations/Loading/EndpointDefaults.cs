namespace Postroom.Declarations.Loading;

/// <summary>What the whole file says for every endpoint.</summary>
/// <param name="Limits">The limits.</param>
/// <param name="Retention">How long entries are kept; null for ever.</param>
/// <param name="Quarantine">How long refused POSTs are kept; zero for not at all.</param>
/// <param name="Origins">The origin of <c>url</c> and those listed: where redirects may lead.</param>
internal sealed record EndpointDefaults(
    LimitsDeclaration Limits, TimeSpan? Retention, TimeSpan Quarantine, IReadOnlyList<string> Origins);
