using System.Text;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Parsing.Uploads;
using Postroom.Plans;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// tus 1.0.0: «The Upload-Metadata request and response header MUST consist of one or more comma-separated key-value
/// pairs. The key and value MUST be separated by a space. The key MUST NOT contain spaces and commas and MUST NOT be
/// empty. The key SHOULD be ASCII encoded and the value MUST be Base64 encoded. All keys MUST be unique. The value MAY
/// be empty. In these cases, the space, which would normally separate the key and the value, MAY be left out.»
/// </summary>
internal static class TusMetadata
{
    // What the clients send of the file itself, under the names of Uppy and of those that followed tusd.
    private static readonly string[] s_ofFile = ["filename", "name", "filetype", "type", "relativePath"];

    public static Fault? Read(string header, EndpointPlan plan, out UploadStart start)
    {
        start = new UploadStart { Name = FileName.Clean([]), Echo = header };
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = pair.IndexOf(' ', StringComparison.Ordinal);
            var key = space < 0 ? pair : pair[..space];
            var text = space < 0 ? "" : pair[(space + 1)..].Trim();
            var bytes = new byte[text.Length];
            if (!IsVisible(key) || !Convert.TryFromBase64String(text, bytes, out var length)
                || !values.TryAdd(key, bytes[..length]))
            {
                return UploadFaults.Malformed("`Upload-Metadata` must be names with values in Base64, such as "
                    + "`filename d29ybGQ=`, with commas between them and each name once.");
            }
        }

        start = start with
        {
            Name = FileName.Clean(values.GetValueOrDefault("filename") ?? values.GetValueOrDefault("name") ?? []),
            Declared = RequestFileName.TypeOf(Encoding.UTF8.GetString(
                values.GetValueOrDefault("filetype") ?? values.GetValueOrDefault("type") ?? [])),
            Texts = [.. values.Where(pair => IsField(pair.Key, plan))],
        };
        return null;
    }

    private static bool IsVisible(string key) => key.Length > 0 && key.All(letter => letter is > ' ' and <= '~');

    /// <summary>A name that a client gives of itself is a field only where the schema has one of this name.</summary>
    private static bool IsField(string key, EndpointPlan plan) => !s_ofFile.Contains(key, StringComparer.Ordinal)
        || plan.Schema.Root.Properties.Any(property => property.Name == key);
}
