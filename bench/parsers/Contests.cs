namespace Postroom.Bench.Parsers;

/// <summary>Who is measured beside whom.</summary>
internal static class Contests
{
    public static IReadOnlyList<Contest> All { get; } =
    [
        new("urlencoded contact", "FormPipeReader", Bodies.ContactUrlencoded, Ours.Urlencoded, Theirs.UrlencodedAsync),
        new("urlencoded order", "FormPipeReader", Bodies.OrderUrlencoded, Ours.Urlencoded, Theirs.UrlencodedAsync),
        new("JSON contact", "JsonDocument", Bodies.ContactJson, Ours.Json, Theirs.Json),
        new("JSON order", "JsonDocument", Bodies.OrderJson, Ours.Json, Theirs.Json),
        new("multipart contact", "MultipartReader", Bodies.ContactMultipart, Ours.Multipart, Theirs.MultipartAsync),
    ];
}
