using System.Globalization;

namespace Postroom.Load.Nodes;

/// <summary>What is compared over PostgreSQL.</summary>
internal static class NodeContestants
{
    internal const string OwnId = "postgres";
    internal const string BareId = "insert";
    internal const string SqliteId = "sqlite";

    // More connections than cores help while commits share an fsync.
    private const string BareSettings =
        ";Max Auto Prepare=10;Auto Prepare Min Usages=2;No Reset On Close=true;Maximum Pool Size=50";

    internal static IReadOnlyList<NodeContestant> All { get; } =
    [
        Bare(BareId, "bare insert per request, 1 node", 1),
        Own(OwnId, "Postroom, 1 node", 1),
        Bare(BareId + "-3", "bare insert per request, 3 nodes", 3),
        Own(OwnId + "-3", "Postroom, 3 nodes", 3),
        new()
        {
            Id = SqliteId,
            Label = "Postroom over SQLite",
            Command = (port, folder, _, _) => Server("bench/contact", port, folder),
        },
    ];

    private static NodeContestant Own(string id, string label, int nodes) => new()
    {
        Id = id,
        Label = label,
        Nodes = nodes,
        Command = (port, folder, server, database) =>
            ["env", $"DATABASE_URL={server.Address(database)}", .. Server("bench/nodes", port, folder)],
        NumbersQuery = Numbers("postroom.entries"),
    };

    private static NodeContestant Bare(string id, string label, int nodes) => new()
    {
        Id = id,
        Label = label,
        Nodes = nodes,
        Command = (port, _, server, database) =>
        [
            "artifacts/bin/BareNpgsql/release/BareNpgsql", "--urls", Url(port),
            "--database", server.Address(database, BareSettings),
        ],
        NumbersQuery = Numbers("posts"),
    };

    private static string[] Server(string declaration, int port, string folder) =>
    [
        "artifacts/bin/Postroom.Server/release/Postroom.Server", "serve", declaration,
        "--listen", Url(port), "--data", folder, "--log", "off",
    ];

    // The mail address of message n is ada.n@example.com, n in ten digits.
    private static string Numbers(string table) =>
        "SELECT substr(text, position('ada.' in text) + 4, 10) "
        + $"FROM (SELECT convert_from(document, 'UTF8') AS text FROM {table}) AS documents";

    private static string Url(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
}
