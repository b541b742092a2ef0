using System.Text.Json;

namespace Postroom.Load;

/// <summary>How results are written.</summary>
internal static class Output
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static void Write(string file, string text)
    {
        var folder = Path.GetDirectoryName(file);
        if (!string.IsNullOrEmpty(folder))
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(file, text);
    }
}
