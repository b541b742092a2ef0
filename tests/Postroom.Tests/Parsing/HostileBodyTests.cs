using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Idempotency;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

/// <summary>Bodies made to cost more than they should. Bounds are on memory, which can be counted.</summary>
public sealed class HostileBodyTests
{
    private static readonly LimitsDeclaration Wide = new() { Fields = 200_000, Index = 200_000, Depth = 64 };

    public static TheoryData<string, string> Bodies => new()
    {
        { "names", Join(100_000, index => $"n{index}=") },
        { "one name", Join(100_000, _ => "a=1") },
        { "appended", Join(100_000, _ => "a[]=1") },
        { "positions from the end", Join(60_000, index => $"a[{60_000 - index}]=1") },
        { "members", Join(60_000, index => $"a[n{index}]=1") },
        { "separators", new string('&', 900_000) },
        { "percents", "a=" + new string('%', 900_000) },
        { "pluses", "a=" + new string('+', 900_000) },
        { "returns", "a=x" + string.Concat(Enumerable.Repeat("%0D", 300_000)) + "x" },
        { "white space", "a=x" + string.Concat(Enumerable.Repeat("%E3%80%80", 100_000)) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_large_form_costs_memory_in_proportion(string what, string text)
    {
        byte[] body = Encoding.ASCII.GetBytes(text);
        Reading reading = new(limits: Wide);
        reading.Read(BodyFormat.Urlencoded, body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ParsedBody parsed = reading.Read(BodyFormat.Urlencoded, body);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.False(parsed.IsRefused, what);
        Assert.InRange(allocated, 0, (24L * body.Length) + 100_000);
    }

    [Fact]
    public void Too_many_fields_are_refused_before_they_cost_anything()
    {
        byte[] body = Encoding.ASCII.GetBytes(Join(100_000, index => $"n{index}=1"));
        Reading reading = new();
        reading.Read(BodyFormat.Urlencoded, body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fault? fault = reading.Read(BodyFormat.Urlencoded, body).Fault;
        Assert.Equal(new LimitFault("limits.fields", 1000), fault?.Limit);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Deep_brackets_are_refused(int depth)
    {
        string name = "a" + string.Concat(Enumerable.Repeat("[b]", depth));
        Fault? fault = new Reading(limits: new() { Name = 1_000_000 }).Urlencoded(name + "=1").Fault;
        Assert.Equal(new LimitFault("limits.depth", 32), fault?.Limit);
    }

    [Theory]
    [InlineData("{\"a\":", 500_000)]
    [InlineData("{\"a\":[", 100_000)]
    public void Deep_JSON_is_refused(string piece, int depth)
    {
        Fault? fault = new Reading().Json(string.Concat(Enumerable.Repeat(piece, depth))).Fault;
        Assert.Equal(new LimitFault("limits.depth", 32), fault?.Limit);
    }

    [Fact]
    public void The_deepest_document_that_is_allowed_is_read_in_all_notations()
    {
        Reading reading = new(limits: new() { Depth = 64, Name = 1000 });
        string brackets = "a" + string.Concat(Enumerable.Repeat("[b]", 63));
        string expected = Reading.Text(reading.Urlencoded(brackets + "=1"));
        Assert.Equal(expected, Reading.Text(reading.Multipart([(brackets, "1")])));
        Assert.Equal(expected, Reading.Text(reading.Json($"{{\"{brackets}\":\"1\"}}")));
        Assert.Equal(expected, Reading.Text(reading.Json(expected)));
        Assert.True(reading.Urlencoded(brackets + "[b]=1").IsRefused);
    }

    [Fact]
    public void A_boundary_that_nearly_comes_again_and_again_is_content()
    {
        string nearly = string.Concat(Enumerable.Repeat("\r\n--" + Reading.Boundary[..^1], 20_000));
        var parsed = new Reading().Multipart([("a", "x" + nearly + "x")]);
        Assert.False(parsed.IsRefused);
        Assert.InRange(parsed.Document.Length, nearly.Length, nearly.Length + 100);
    }

    [Fact]
    public void JSON_that_is_kept_costs_no_memory()
    {
        Reading reading = new("""{"properties":{"name":{"type":"string"},"age":{"type":"integer"}}}""");
        byte[] body = Encoding.UTF8.GetBytes("""{"name":"Ada","age":18,"message":"Hello\nthere \u00e9 \"x\""}""");
        Assert.Equal(0, AllocatedBy(() => reading.Read(BodyFormat.Json, body).KeptAsSent));
    }

    [Fact]
    public void The_digest_of_a_form_costs_no_memory()
    {
        byte[] body = Encoding.UTF8.GetBytes(
            "{" + string.Join(',', Enumerable.Range(0, 64).Select(index => $"\"n{index}\":\"é \\u00e9\"")) + "}");
        Assert.Equal(0, AllocatedBy(() =>
            CanonicalDigest.Compute("/api/contact"u8, body, CanonicalReading.FormText) != default));
    }

    private static string Join(int count, Func<int, string> pair) =>
        string.Join('&', Enumerable.Range(0, count).Select(pair));

    private static long AllocatedBy(Func<bool> action)
    {
        for (int warm = 0; warm < 100; warm++)
        {
            Assert.True(action());
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isTrue = action();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(isTrue);
        return allocated;
    }
}
