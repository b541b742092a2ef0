using Microsoft.AspNetCore.Http;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>RFC 9110 §10.1.1: a server may answer 417 to any expectation other than 100-continue.</summary>
internal static class ExpectRule
{
    public static Fault? Judge(HttpRequest request)
    {
        var expect = request.Headers.Expect;
        return expect.Count == 0 || string.Equals(expect.ToString(), "100-continue", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Fault(FaultCatalogue.ExpectationFailed, "`Expect` may only be `100-continue`. Leave the header out.")
            {
                ClosesConnection = true,
            };
    }
}
