using System.Net.Http.Headers;
using System.Text;

namespace Postroom.Crash.Tests.Posting;

/// <summary>The message that belongs to a key: the same for every retry, and telling its key in a field.</summary>
internal static class PostMessage
{
    public const string Path = "/api/contact";

    /// <summary>Keys are long enough for anonymous callers (16 characters).</summary>
    public static string Key(string run, int number) => $"{run}-message-{number:D8}";

    public static HttpContent Content(string key) => new ByteArrayContent(Body(key))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    /// <summary>Between a tenth of a database page and three of them.</summary>
    public static byte[] Body(string key)
    {
        var random = new Random(key.Aggregate(17, (sum, letter) => (sum * 31) + letter));
        var padding = string.Concat(Enumerable.Repeat("lorem ipsum ", random.Next(30, 1_000)));
        return Encoding.UTF8.GetBytes(
            $$"""{"name":"Ada","email":"ada@example.com","message":"{{key}}","more":"{{padding}}"}""");
    }
}
