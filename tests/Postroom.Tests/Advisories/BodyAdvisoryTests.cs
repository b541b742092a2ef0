using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Advisories;

/// <summary>
/// Bodies that brought other parsers down, by the advisory that told of them. Each gets a whole answer below 500, the
/// log says little, and the server serves on.
/// </summary>
public sealed class BodyAdvisoryTests
{
    private const string Urlencoded = "application/x-www-form-urlencoded";

    private const string Multipart = "multipart/form-data; boundary=B";

    private const string Unsupported = "media-type-unsupported";

    private const string End = "\r\n--B--\r\n";

    /// <summary>The advisory, the media type, the body, and the code of the refusal; none where it is taken.</summary>
    private static readonly (string Id, string MediaType, string Body, string? Code)[] Bodies =
    [
        ("CVE-2022-24434", Multipart, Part("name=\"a\r\n") + End, "malformed-form"),
        ("CVE-2025-48997", Multipart, Part("name=\"\"; filename=\"a.txt\"") + End, "malformed-form"),
        ("CVE-2025-7338", Multipart, Part("name=\"a\"; filename=\"\"") + "\r\n--B", "incomplete-body"),
        ("GHSA-4pg4-qvpc-4q3h", Multipart, Part("name=\"a\"; filename=\"\"")[..^1] + "\r\n--B-", "incomplete-body"),
        ("CVE-2026-5079", Urlencoded, "a" + Repeat("[b]", 10_000) + "=1", "limit-exceeded"),
        ("CVE-2026-5079", Multipart, Part($"name=\"a{Repeat("[b]", 50)}\"") + End, "limit-exceeded"),
        ("CVE-2026-82333", Urlencoded, "a[999999999]=1", "limit-exceeded"),
        ("CVE-2026-82333", Multipart, Part("name=\"a[999999999]\"") + End, "limit-exceeded"),
        ("CVE-2025-15284", Urlencoded, Repeat("a[]=1&", 20_000), "limit-exceeded"),
        ("CVE-2026-77078", Urlencoded, "__proto__[a]=1&constructor[prototype][a]=1&toString=1", null),
        ("CVE-2026-77078", Multipart, Part("name=\"__proto__\"") + End, null),
        ("CVE-2024-24762", Urlencoded + "; !=\"" + Repeat("\\", 8000), "a=1", Unsupported),
        ("CVE-2026-28356", LongBoundary("\"" + Repeat("\\", 8000)), Part("name=\"a\"") + End, Unsupported),
        ("CVE-2016-3092", LongBoundary(Repeat("b", 4096)), Part("name=\"a\"") + End, Unsupported),
        ("CVE-2026-53539", Urlencoded, Repeat(";", 500_000), "limit-exceeded"),
        ("CVE-2024-53981", Multipart, Repeat("\r\n", 200_000) + Part("name=\"a\"") + End, "malformed-form"),
        ("CVE-2024-53981", Multipart, Part("name=\"a\"") + End + Repeat("\n", 400_000), "malformed-form"),
        ("GHSA-pp6c-gr5w-3c5g", Multipart, HeavyPart() + End, "malformed-form"),
        ("CVE-2023-24536", Multipart, Repeat(Part("name=\"a\"") + "\r\n", 10_000) + "--B--\r\n", "limit-exceeded"),
        ("GHSA-54hq-v5wp-fqgv", Multipart, Repeat(Part("name=a; x") + "\r\n", 10_000) + "--B--\r\n", "malformed-form"),
        ("CVE-2026-77063", Multipart, Part("name=a; filename=a.txt", Repeat("x", 50_000)) + End, "file-too-large"),
        ("CVE-2020-5234", "application/json", Repeat("[", 100_000), "limit-exceeded"),
    ];

    public static TheoryData<string, int> Rows { get; } =
        new(Bodies.Select((body, number) => (body.Id, number)));

    [Theory, MemberData(nameof(Rows))]
    public async Task What_others_fell_over_is_answered(string id, int row)
    {
        await using var host = await StartAsync();
        using var answer = await host.PostAsync("/api/free", Bodies[row].MediaType, Bodies[row].Body);
        Assert.True((int)answer.StatusCode is 201 or >= 400 and < 500, $"{id}: {answer.StatusCode}");
        Assert.Equal(Bodies[row].Code, (int)answer.StatusCode == 201 ? null : await answer.CodeAsync());
        Assert.InRange(host.Log.Lines.Count, 0, 200);
        using var next = await host.PostAsync("/api/free", "application/json", "{\"a\":1}");
        Assert.Equal(201, (int)next.StatusCode);
    }

    /// <summary>GHSA-vffw-93wf-4j4q, CVE-2026-24486: a name is data, and the one that a filter in front reads.</summary>
    [Theory]
    [InlineData("filename=\"safe.txt\"; filename*=UTF-8''evil.php", "safe.txt")]
    [InlineData("filename=\"/etc/cron.d/safe.txt\"", "safe.txt")]
    [InlineData("filename=\"..\\..\\safe.txt\"", "safe.txt")]
    public async Task The_name_of_a_file_is_the_one_that_everybody_sees(string parameters, string name)
    {
        await using var host = await StartAsync();
        using var answer = await host.PostAsync("/api/free", Multipart, Part("name=\"a\"; " + parameters) + End);
        Assert.Equal(201, (int)answer.StatusCode);
        var file = Assert.Single(Assert.Single(host.Entries()).Files);
        Assert.Equal(name, file.Name);
    }

    /// <summary>CVE-2026-3260: a body has no meaning in a GET, so nothing parses it.</summary>
    [Fact]
    public async Task CVE_2026_3260_a_form_in_a_GET_is_not_read()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/free");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Part("name=\"a\"") + End));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Multipart);
        using var answer = await host.Client.SendAsync(request);
        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.Empty(host.Entries());
    }

    private static Task<PostHost> StartAsync() => PostHost.StartAsync(new EndpointDeclaration
    {
        Path = "/api/free", Kind = EndpointKind.Form, Limits = new LimitsDeclaration { File = 40_000 },
    });

    private static string Part(string parameters, string content = "x") =>
        $"--B\r\nContent-Disposition: form-data; {parameters}\r\n\r\n{content}";

    private static string HeavyPart() =>
        "--B\r\n" + Repeat("X-Flood: " + Repeat("a", 1000) + "\r\n", 400) + Part("name=\"a\"")[5..];

    private static string LongBoundary(string boundary) => "multipart/form-data; boundary=" + boundary;

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
