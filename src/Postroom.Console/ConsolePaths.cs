using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>The addresses of the inbox, in one place.</summary>
internal static class ConsolePaths
{
    public const string Inbox = "/_postroom/";
    public const string Held = "/_postroom/held";
    public const string RunHeld = "/_postroom/held/run";
    public const string Refused = "/_postroom/refused";
    public const string SignIn = "/_postroom/sign-in";
    public const string SignOut = "/_postroom/sign-out";
    public const string Entries = "/_postroom/entries/";

    public static HtmlUrl Entry(EntryId id) => HtmlUrl.Of($"{Entries}{id}");

    public static HtmlUrl Entry(EntryId id, string part) => HtmlUrl.Of($"{Entries}{id}/{part}");

    public static HtmlUrl File(EntryId id, EntryId file) => HtmlUrl.Of($"{Entries}{id}/files/{file}");

    public static HtmlUrl Trace(EntryId id) => HtmlUrl.Of($"{Refused}/{id}");
}
