using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postroom.Faults;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>Where a follower wants to begin.</summary>
/// <param name="After">The number of the last change that he has; null to begin with those to come.</param>
/// <param name="IsResumed">
/// True when he followed before: then he is told where changes that he has not seen are no longer kept.
/// </param>
internal readonly record struct ChangePosition(long? After, bool IsResumed)
{
    private const string Header = "Last-Event-ID";
    private const string Parameter = "after";
    private static readonly string[] s_parameters = [Parameter];

    /// <summary>
    /// HTML, "Server-sent events" §9.2.4: a browser that connects again sends the last id that it got, to the same
    /// address. So the header counts before the parameter.
    /// </summary>
    public static Fault? Parse(HttpRequest request, out ChangePosition position)
    {
        position = default;
        var query = new ReadQuery(request.Query);
        if (query.JudgeNames(s_parameters) is { } unknown)
        {
            return unknown;
        }

        var header = request.Headers[Header];
        var (text, name) = header.Count > 0 ? (header.ToString(), Header) : (query.Text(Parameter), Parameter);
        if (text is null)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            return new Fault(FaultCatalogue.QueryInvalid,
                $"`{name}` is the id of an event that was sent before, a whole number such as 42; "
                + "`?after=0` begins with the oldest change that is kept.");
        }

        position = new ChangePosition(after, after > 0 || header.Count > 0);
        return null;
    }
}
