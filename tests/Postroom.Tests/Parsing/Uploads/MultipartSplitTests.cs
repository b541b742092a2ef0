using System.IO.Pipelines;
using System.Text;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Memory;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing.Uploads;

public sealed class MultipartSplitTests
{
    private const string Content = "%PDF-1.7\r\n--\r\n--B\r\n\r\r\n--Bo";

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        "--Bou\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nfirst\r\n--Bou \r\n"
        + "Content-Disposition: form-data; name=\"p[]\"; filename=\"é.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
        + Content + "\r\n--Bou\r\nContent-Disposition: form-data; name=\"e\"; filename=\"\"\r\n\r\n\r\n--Bou\r\n"
        + "Content-Disposition: form-data; name=\"a\"\r\n\r\nsecond\r\n--Bou--\r\n");

    [Fact]
    public async Task Every_split_of_a_body_gives_the_same_document_and_files()
    {
        for (int split = 0; split <= Whole.Length; split++)
        {
            var (parsed, files, store) = await ReadAsync(Whole[..split], Whole[split..]);
            Assert.Equal("""{"a":["first","second"],"p":["é.pdf"]}""", Reading.Text(parsed));
            var file = Assert.Single(files);
            Assert.Equal("application/pdf", file.MediaType);
            using var bytes = new StreamReader((await store.OpenAsync(file.Id))!);
            Assert.Equal(Content, await bytes.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task One_byte_at_a_time_gives_the_same_too()
    {
        var (parsed, files, _) = await ReadAsync([.. Whole.Select(one => new[] { one })]);
        Assert.Equal("""{"a":["first","second"],"p":["é.pdf"]}""", Reading.Text(parsed));
        Assert.Equal(Content.Length, Assert.Single(files).Writer.Size);
    }

    [Fact]
    public async Task A_body_cut_off_anywhere_is_never_accepted()
    {
        for (int length = 0; length < Whole.Length - 4; length++)
        {
            var (parsed, _, _) = await ReadAsync(Whole[..length]);
            Assert.True(parsed.IsRefused, $"cut at {length}");
        }
    }

    private static async Task<(ParsedBody, IReadOnlyList<StagedFile>, IFileStore)> ReadAsync(params byte[][] parts)
    {
        var time = new ManualTime();
        var store = new MemoryFileStore(time);
        var staged = new StagedFiles(store);
        FormReader reader = new(CompiledSchema.Any, new LimitsDeclaration(), [], readsJsonAsForm: true);
        using FileIntake intake = new(
            reader.Rules, new FileRules(true, [], 1_000_000), staged, new EntryIdSource(time, EntropySource.System), _ => null);
        Pipe pipe = new();
        var reading = reader.ReadMultipartAsync("Bou"u8.ToArray(), pipe.Reader, 1_000_000, intake).AsTask();
        foreach (byte[] part in parts)
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        return (await reading, staged.Files, store);
    }
}
