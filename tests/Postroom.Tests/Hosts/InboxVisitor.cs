using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Tests.Hosts;

/// <summary>A browser that is signed in to the inbox of a host.</summary>
internal sealed class InboxVisitor
{
    private readonly PostHost _host;
    private readonly string _cookie;

    private InboxVisitor(PostHost host, string cookie)
    {
        _host = host;
        _cookie = cookie;
    }

    public static async Task<InboxVisitor> SignInAsync(PostHost host)
    {
        var link = new SignInLinks(host.Store.Secret, host.Time, EntropySource.System).MakePath();
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        using var answer = await host.PostAsync(
            "/_postroom/sign-in", "application/x-www-form-urlencoded", "token=" + Uri.EscapeDataString(token),
            ("Sec-Fetch-Site", "same-origin"), ("Origin", host.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(303, (int)answer.StatusCode);
        var cookie = answer.Header("Set-Cookie")!;
        return new InboxVisitor(host, cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _host.SendAsync(
        HttpMethod.Get, path, ("Cookie", _cookie), ("Accept", "text/html"), ("Accept-Encoding", "br, gzip"));
}
