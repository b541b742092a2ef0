using System.Net;
using Postroom.Tests.Answers;

namespace Postroom.Tests.Inbox;

/// <summary>
/// What a browser does: keeps the cookie, sends the hidden fields of a page's form, says where a POST comes from.
/// </summary>
internal sealed class ConsoleClient(ConsoleHost host)
{
    public string? Cookie { get; set; }

    /// <summary>The Set-Cookie line of the last answer that had one.</summary>
    public string? SetCookie { get; private set; }

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, headers);
    }

    public async Task<Markup> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await GetAsync(path);
        return await PageAsync(answer, status);
    }

    public static async Task<Markup> PageAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return PageRules.Check(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>POSTs fields as a page of this server does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, fields, ("Sec-Fetch-Site", "same-origin"), ("Origin", host.Root));

    public async Task<HttpResponseMessage> PostAsync(
        string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(request, headers);
    }

    public Task<HttpResponseMessage> SignInAsync(string link) =>
        PostAsync("/_postroom/sign-in", ("token", TokenOf(link)));

    public async Task<string> FormTokenAsync()
    {
        var page = await PageAsync("/_postroom/");
        return page.Elements.First(element => element["name"] == "_form")["value"]!;
    }

    public static string TokenOf(string link) => link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        var answer = await host.Http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var lines))
        {
            SetCookie = lines.Single();
            Cookie = SetCookie[..SetCookie.IndexOf(';', StringComparison.Ordinal)];
        }

        return answer;
    }
}
