using System.Globalization;
using System.Resources;

namespace Postroom.JsonSchema;

/// <summary>
/// The words of <see cref="SchemaFault.Message"/>. The keys are the codes of <see cref="FaultCodes"/> and some variants
/// of them, all in the library's <c>Messages.resx</c>; <c>{limit}</c> is what the schema says, <c>{actual}</c> what the
/// document has. For any number of threads.
/// </summary>
public sealed class SchemaMessages
{
    private static readonly ResourceManager Resources =
        new("Postroom.JsonSchema.Messages", typeof(SchemaMessages).Assembly);

    private readonly Func<string, string?> _find;

    /// <summary>Words from anywhere.</summary>
    /// <param name="find">Gives the text of a key; null for the English one.</param>
    public SchemaMessages(Func<string, string?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        _find = find;
    }

    /// <summary>Words from a host's own .NET resources, such as translations of <c>Messages.resx</c>.</summary>
    /// <param name="resources">Where they are; keys that are missing there are said in English.</param>
    /// <param name="culture">The language.</param>
    public SchemaMessages(ResourceManager resources, CultureInfo culture)
        : this(key => resources.GetString(key, culture))
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(culture);
    }

    /// <summary>English.</summary>
    public static SchemaMessages English { get; } = new(_ => null);

    internal string Text(string key) => TryText(key) ?? key;

    internal string? TryText(string key) => _find(key) ?? Resources.GetString(key, CultureInfo.InvariantCulture);
}
