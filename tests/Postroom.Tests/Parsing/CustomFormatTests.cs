using System.Formats.Cbor;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Hosting;
using Postroom.Parsing;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing;

/// <summary>A format that an application adds, over a socket.</summary>
public sealed class CustomFormatTests
{
    private static readonly byte[] Ada = Write(writer =>
    {
        writer.WriteStartMap(null);
        writer.WriteTextString("name");
        writer.WriteTextString("Ada");
        writer.WriteTextString("email");
        writer.WriteTextString("ada@example.com");
        writer.WriteTextString("photo");
        writer.WriteByteString([0xFF, 0xFE]);
        writer.WriteTextString("numbers");
        writer.WriteStartArray(2);
        writer.WriteInt64(-5);
        writer.WriteDouble(1.5);
        writer.WriteEndArray();
        writer.WriteTextString("when");
        writer.WriteUnixTimeSeconds(0);
        writer.WriteEndMap();
    });

    [Fact]
    public async Task A_body_of_an_added_format_is_stored_as_a_document()
    {
        await using var host = await StartAsync(["cbor", "json"]);
        using var response = await PostAsync(host, Ada);
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(
            """{"name":"Ada","email":"ada@example.com","photo":"__4","numbers":[-5,1.5],"when":"1970-01-01T00:00:00.0000000+00:00"}""",
            Encoding.UTF8.GetString(host.Entries()[0].Document.Span));
        Assert.Equal("application/cbor", host.Entries()[0].MediaType);
    }

    public static TheoryData<string> Broken => new(
        "", "A1", "A16161", "A261610161610262", "BFFF00", "A16161C24101", "A16161F97E00", "A16161F7",
        "9B7FFFFFFFFFFFFFFF", "BB7FFFFFFFFFFFFFFF", "7B7FFFFFFFFFFFFFFF", "5A7FFFFFFF", "A10101", "A16161",
        "A1616162C328", "A16161FC", "1C", "FF");

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_broken_is_refused(string hex)
    {
        await using var host = await StartAsync(["cbor"]);
        using var response = await PostAsync(host, Convert.FromHexString(hex));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task A_bomb_of_levels_is_refused_by_its_limit()
    {
        await using var host = await StartAsync(["cbor"]);
        var body = new byte[100_000];
        Array.Fill(body, (byte)0x81);
        using var response = await PostAsync(host, body);
        Assert.Equal("limits.depth", (await response.JsonAsync()).GetProperty("limit").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Where_it_is_not_listed_it_is_unsupported()
    {
        await using var host = await StartAsync(["json"]);
        using var response = await PostAsync(host, Ada);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.Equal("application/json", response.Header("Accept-Post"));
        Assert.Contains("add `cbor` to `formats:`", (await response.JsonAsync()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_name_that_nobody_knows_stops_the_start()
    {
        var fault = await Assert.ThrowsAsync<DeclarationException>(() => StartAsync(["cbro"]));
        Assert.Contains("\"cbro\"", fault.Message);
    }

    [Fact]
    public void Damaged_bodies_are_refused_or_read()
    {
        Mutations mutations = new(new Random(1), [Ada], ["\xBF", "\x9F", "\xFF", "\x1B", "\x5F", "\x7F", "\xC0", "\xC1", "\xF9"]);
        BodyContext context = new() { Limits = new(), Namespaces = new Dictionary<string, string>() };
        for (var count = 0; count < 4000; count++)
        {
            using DocumentWriter document = new(64, 32, 1_000_000);
            var body = mutations.Next();
            var fault = new CborFormat().Read(body, context, document);
            Assert.True(fault is null || fault.Kind == FaultCatalogue.MalformedBody, Convert.ToHexString(body));
        }
    }

    private static byte[] Write(Action<CborWriter> write)
    {
        var writer = new CborWriter();
        write(writer);
        return writer.Encode();
    }

    private static Task<PostHost> StartAsync(string[] formats) => PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [PostHost.Contact with { Formats = formats }] },
        store: postroom => postroom.UseMemoryStore().AddBodyFormat<CborFormat>());

    private static async Task<HttpResponseMessage> PostAsync(PostHost host, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cbor");
        return await host.Client.PostAsync("/api/contact", content);
    }
}
