using System.Security.Cryptography;
using System.Text;
using Postroom.Sqlite.Engine;

namespace Postroom.Server.Tests.Programs;

/// <summary>Gives the first entry of a data folder at rest a file, as a form would have.</summary>
internal static class PlantedUpload
{
    /// <summary>Its path below the data folder.</summary>
    public const string Name = "files/ab/" + Id;

    private const string Id = "0199c0de-0000-7000-8000-0000000000ab";

    public static void Add(string data, string text)
    {
        var path = Path.Combine(data, Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        using var connection = SqliteConnection.OpenWriter(Path.Combine(data, "postroom.db"));
        connection.Execute(
            $"""
            INSERT INTO entry_files SELECT min(row), 0, x'{Id.Replace("-", "", StringComparison.Ordinal)}', '/cv', 'cv.txt',
              {text.Length}, 'text/plain', x'{digest}' FROM entries;
            UPDATE entry_spans SET bytes = bytes + {text.Length}
              WHERE endpoint = (SELECT endpoint FROM entries ORDER BY row LIMIT 1);
            """);
    }
}
