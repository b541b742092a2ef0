using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads a whole file within the bound of a declaration.</summary>
internal static class SourceFile
{
    /// <summary>The bytes; null with a reason, or null without one when there is no such file.</summary>
    public static byte[]? Read(string path, out string? fault)
    {
        fault = null;
        try
        {
            if (Directory.Exists(path))
            {
                fault = "This is a folder, not a file.";
                return null;
            }

            const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, Anything);
            var buffer = new byte[YamlDocument.BytesMax + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return buffer[..length];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            fault = "The file cannot be read: " + exception.Message;
            return null;
        }
    }
}
