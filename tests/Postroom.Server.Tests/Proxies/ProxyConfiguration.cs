using Postroom.Server.Tests.Docs;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Proxies;

/// <summary>What docs/https.md shows for a proxy, with the ports and files of a test in the place of its own.</summary>
internal static class ProxyConfiguration
{
    private const string Page = "docs/https.md";

    public const string CertificateName = "post.example.com.pem";

    public const string KeyName = "post.example.com.key";

    public static string Nginx(TestFolder folder, int port, Uri server)
    {
        var shown = Shown("upstream postroom {")
            .Replace("listen 443 ", $"listen 127.0.0.1:{port} ", StringComparison.Ordinal)
            .Replace("/etc/ssl/", folder.Path + "/", StringComparison.Ordinal)
            .Replace("127.0.0.1:3000", server.Authority, StringComparison.Ordinal);
        var places = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }
            .Select(place => $"{place}_temp_path {folder[place]};\n"));
        return $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{folder["nginx.pid"]}};
            error_log stderr;
            events {}
            http {
            access_log off;
            {{places}}
            {{shown}}
            }
            """;
    }

    public static string Haproxy(TestFolder folder, int port, Uri server) => Shown("defaults")
        .Replace("bind :443 ", $"bind 127.0.0.1:{port} ", StringComparison.Ordinal)
        .Replace("/etc/haproxy/", folder.Path + "/", StringComparison.Ordinal)
        .Replace("127.0.0.1:3000", server.Authority, StringComparison.Ordinal) + "\n";

    private static string Shown(string start) => DocumentedPages.Blocks(Page)
        .Single(block => block.Text.StartsWith(start, StringComparison.Ordinal)).Text;
}
