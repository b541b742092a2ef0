using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>
/// What is shown when a unit of the inbox could not be committed: the refusals that POSTs get in the same case.
/// </summary>
internal static class OutcomePages
{
    public static Task ShowAsync(HttpContext context, UnitOutcome outcome)
    {
        var kind = outcome.Verdict switch
        {
            UnitVerdict.Busy => FaultCatalogue.Overloaded,
            UnitVerdict.Full => FaultCatalogue.StorageFull,
            UnitVerdict.Unknown => FaultCatalogue.OutcomeUnknown,
            _ => FaultCatalogue.InternalError,
        };
        var page = new ErrorPage { Fault = new Fault(kind, kind.Explanation), Back = HtmlUrl.Of(ConsolePaths.Inbox) };
        return ConsoleAnswer.PageAsync(context, kind.Status, page.WriteTo);
    }
}
