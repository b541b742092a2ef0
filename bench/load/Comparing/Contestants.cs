using System.Globalization;

namespace Postroom.Load.Comparing;

/// <summary>All that is known of the servers compared: a flag or table that changes, changes here alone.</summary>
internal static class Contestants
{
    internal const string PostPath = "/api/contact";

    internal const string OwnId = "postroom";
    internal const string FloorId = "kestrel";
    internal const string RivalId = "fastify-turn";

    // The mail address of message n is ada.n@example.com, n in ten digits.
    internal const string NumbersInSqlite =
        "SELECT substr(CAST(document AS TEXT), instr(CAST(document AS TEXT), 'ada.') + 4, 10) FROM entries";

    private const string FastifyScript = "bench/rivals/fastify/server.js";

    private static readonly Contestant s_own = new()
    {
        Id = OwnId,
        Label = "Postroom",
        Command = (port, folder) =>
        [
            "artifacts/bin/Postroom.Server/release/Postroom.Server", "serve", "bench/contact",
            "--listen", Url(port), "--data", folder, "--log", "off",
        ],
        NumbersQuery = NumbersInSqlite,
        WriterThread = "writer",
    };

    private static readonly Contestant s_floor = new()
    {
        Id = FloorId,
        Label = "bare Kestrel",
        Command = (port, _) => ["artifacts/bin/BareKestrel/release/BareKestrel", "--urls", Url(port)],
    };

    internal static IReadOnlyList<Contestant> All { get; } =
    [
        s_floor,
        s_own,
        Fastify(RivalId, "Fastify, one commit per turn", "turn"),
        Fastify("fastify-request", "Fastify, one commit per request", "request"),
    ];

    private static Contestant Fastify(string id, string label, string commit) => new()
    {
        Id = id,
        Label = label,
        Command = (port, folder) =>
            ["node", FastifyScript, port.ToString(CultureInfo.InvariantCulture), folder, commit],
        NumbersQuery = NumbersInSqlite,
    };

    private static string Url(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
}
