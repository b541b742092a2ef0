using System.Text;

namespace Postroom.Tests.Hosts;

/// <summary>Bodies of forms with files.</summary>
internal static class Multipart
{
    public const string Type = "multipart/form-data; boundary=B";

    public static string Text(string name, string value) =>
        $"--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    public static string File(string name, string fileName, string content) =>
        $"--B\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\n\r\n{content}\r\n";

    public static string Body(params string[] parts) => string.Concat(parts) + "--B--\r\n";

    public static byte[] Bytes(params string[] parts) => Encoding.UTF8.GetBytes(Body(parts));

    public static Task<HttpResponseMessage> PostFilesAsync(
        this PostHost host, string path, string[] parts, params (string Name, string Value)[] headers) =>
        host.PostAsync(path, Type, Body(parts), headers);
}
