using System.Globalization;
using System.Text;
using Postroom.Faults;

namespace Postroom.Hosting;

/// <summary>The catalogue of refusals as a page of the documentation.</summary>
internal static class FaultReference
{
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Refusals

            Made from the catalogue that the server uses; a test keeps it so.

            Every refusal is a problem document (RFC 9457): JSON (`application/problem+json`), XML
            (`application/problem+xml`) for callers that ask for it, or a page when they prefer HTML;
            [answers.md](answers.md) says which. It always holds `type`, `title`, `status`, `detail`, `message` (equal
            to `detail`, never empty, fit to be shown), `code` and `retry`; where there are any, `errors` with the JSON
            Pointer, code and message of each fault, and `limit` with the name and value of the limit that was hit.

            `retry` says what to do next: `useful` whether sending again makes sense at all, `key` whether with the
            `same` or a `new` idempotency key, `after: "correction"` when the request must be corrected first, and
            `seconds` when a pause is known (the same as `Retry-After`).

            | Status | Code | Retry | When, and what to do |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var kind in FaultCatalogue.All)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {kind.Status} | `{kind.Code}` | {Advice(kind.Retry)} | **{kind.Title}.** {kind.Explanation} |\n");
        }

        return text.ToString();
    }

    private static string Advice(RetryAdvice advice) => advice switch
    {
        RetryAdvice.Never => "no",
        RetryAdvice.AfterCorrection => "after correction",
        RetryAdvice.WithNewKey => "with a new key",
        _ => "the same request, same key",
    };
}
