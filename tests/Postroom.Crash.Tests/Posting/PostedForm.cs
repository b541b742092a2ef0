using System.Net.Http.Headers;

namespace Postroom.Crash.Tests.Posting;

/// <summary>The form with files that belongs to a key: the same for every retry.</summary>
internal static class PostedForm
{
    /// <summary>More than the server's blocks and the disk's, so that a file can come half.</summary>
    private const int BytesMax = 120_000;

    private static readonly MediaTypeHeaderValue s_type = new("multipart/form-data")
    {
        Parameters = { new NameValueHeaderValue("boundary", "postroom-crash") },
    };

    /// <summary>Its files in the order sent: a long one, and one that may be empty.</summary>
    public static IReadOnlyList<byte[]> Files(string key)
    {
        var random = new Random(key.Aggregate(17, (sum, letter) => (sum * 31) + letter));
        return [Text(random, random.Next(1, BytesMax)), Text(random, random.Next(0, 3))];
    }

    public static HttpContent Content(string key)
    {
        var form = new MultipartFormDataContent("postroom-crash");
        form.Headers.ContentType = s_type;
        form.Add(new StringContent(key), "message");
        foreach (var file in Files(key))
        {
            form.Add(new ByteArrayContent(file), "paper", "paper.txt");
        }

        return form;
    }

    /// <summary>A text, whose first bytes are nothing that is refused.</summary>
    private static byte[] Text(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        for (var at = 0; at < length; at++)
        {
            bytes[at] = (byte)('a' + (bytes[at] % 26));
        }

        return bytes;
    }
}
