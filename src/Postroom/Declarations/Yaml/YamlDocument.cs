using YamlDotNet.Core;

namespace Postroom.Declarations.Yaml;

/// <summary>
/// Reads a YAML text as a friendlier JSON: one document, string keys, the core schema of YAML 1.2, bounded aliases, no
/// merge keys, no tags but <c>!!str</c>, no key twice.
/// </summary>
internal static class YamlDocument
{
    /// <summary>The longest text, in bytes.</summary>
    public const int BytesMax = 1_000_000;

    /// <param name="bytes">The file.</param>
    /// <param name="environment">Looks variables up; null leaves <c>${…}</c> as it stands.</param>
    public static YamlReading Read(ReadOnlySpan<byte> bytes, Func<string, string?>? environment)
    {
        if (bytes.Length > BytesMax)
        {
            return Failed(new(new(1, 1), $"The file is larger than {BytesMax / 1_000_000} MB."));
        }

        var text = TextDecoding.Decode(bytes, out var fault);
        if (text is null)
        {
            return Failed(fault!);
        }

        var faults = new List<TextFault>();
        try
        {
            return new(new YamlComposer(new(text), environment, faults).Compose(), faults);
        }
        catch (YamlException exception)
        {
            faults.Add(YamlWords.Explain(exception, text));
            return new(null, faults);
        }
    }

    private static YamlReading Failed(TextFault fault) => new(null, [fault]);
}
