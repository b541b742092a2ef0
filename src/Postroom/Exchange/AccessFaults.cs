using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>The two refusals of rules about callers.</summary>
internal static class AccessFaults
{
    /// <param name="because">Why, as the end of a sentence.</param>
    public static Fault SignIn(string because) => new(FaultCatalogue.Unauthenticated, $"Sign in first: {because}.")
    {
        // RFC 9110 §11.6.1: a 401 names at least one way to sign in.
        Headers = [new("WWW-Authenticate", "Bearer")],
    };

    /// <param name="what">What is not allowed, as the end of a sentence.</param>
    public static Fault Forbidden(string what) =>
        new(FaultCatalogue.Forbidden, $"You are signed in, but not allowed {what}.");
}
