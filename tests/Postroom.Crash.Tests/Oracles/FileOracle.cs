using System.Security.Cryptography;
using Postroom.Crash.Tests.Posting;

namespace Postroom.Crash.Tests.Oracles;

/// <summary>
/// Every entry that is there, acknowledged or not, has the files that were sent with it: every byte, under the name that
/// its row says.
/// </summary>
internal static class FileOracle
{
    public static List<Violation> Check(string data)
    {
        var violations = new List<Violation>();
        var rows = PostroomEntries.ReadFiles(data).ToLookup(row => row.Key, row => row);
        foreach (var key in PostroomEntries.Read(data).Select(entry => entry.Key))
        {
            var sent = PostedForm.Files(key);
            var named = rows[key].ToList();
            if (named.Count != sent.Count)
            {
                violations.Add(new Violation(ViolationKind.FileLost, key, $"{named.Count} of {sent.Count} files named"));
                continue;
            }

            violations.AddRange(named.Zip(sent, (row, bytes) => Judge(data, key, row, bytes)).OfType<Violation>());
        }

        return violations;
    }

    private static Violation? Judge(string data, string key, StoredFile row, byte[] sent)
    {
        var path = Path.Combine(data, row.Path);
        if (!File.Exists(path))
        {
            return new Violation(ViolationKind.FileLost, key, $"{row.Path} is not there");
        }

        var bytes = File.ReadAllBytes(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return bytes.AsSpan().SequenceEqual(sent) && row.Size == sent.Length && row.Digest == digest
            ? null
            : new Violation(
                ViolationKind.FileLost, key, $"{row.Path} has {bytes.Length} of {sent.Length} bytes, or others");
    }
}
