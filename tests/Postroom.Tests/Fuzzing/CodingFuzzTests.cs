using System.IO.Compression;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>Compressed bodies beside the framework's own streams, whole and damaged, in any pieces.</summary>
public sealed class CodingFuzzTests
{
    private const int Rounds = 1500;

    public static TheoryData<string> Codings => new(Coded.All);

    /// <summary>
    /// What is taken is what the framework makes of it. It takes more: a stream that is cut off, bytes behind the end, a
    /// second gzip member. So a refusal is judged by one thing only: it is never one of a body that was not touched.
    /// </summary>
    [Theory]
    [MemberData(nameof(Codings))]
    public async Task What_is_taken_is_what_the_framework_decodes(string coding)
    {
        FuzzRun run = new(Rounds, coding);
        while (run.Next())
        {
            byte[] content = Content(run.Random);
            byte[] body = Coded.Encode(coding, content);
            bool isDamaged = run.Random.Next(4) > 0;
            body = isDamaged ? new Mutations(run.Random, [body], ["\0", "\u00ff", "\u001f\u008b\u0008"]).Next() : body;
            await run.JudgeAsync(async () =>
            {
                if (body.Length == 0)
                {
                    return;
                }

                var (decoded, code, _) = await Coded.DecodeAsync(coding, Segments.Cut(body, run.Random), ratio: 10_000);
                Assert.True(decoded is not null || (isDamaged && code is not null));
                if (decoded is not null)
                {
                    run.Accepted++;
                    Assert.Equal(Decode(coding, body), decoded);
                }
            }, body);
        }
    }

    private static byte[] Content(Random random)
    {
        byte[] content = new byte[random.Next(2) == 0 ? random.Next(100) : random.Next(20_000)];
        random.NextBytes(content);
        content.AsSpan(0, content.Length / 2).Fill((byte)'a');
        return content;
    }

    private static byte[] Decode(string coding, byte[] body)
    {
        MemoryStream source = new(body);
        using Stream decoder = coding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => new BrotliStream(source, CompressionMode.Decompress),
        };
        MemoryStream content = new();
        decoder.CopyTo(content);
        return content.ToArray();
    }
}
