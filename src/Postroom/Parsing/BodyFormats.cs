using System.Collections.Frozen;
using Postroom.Parsing.Formats;
using Postroom.Plans;

namespace Postroom.Parsing;

/// <summary>Every format that is read through <see cref="IBodyFormat"/>, by its name.</summary>
internal sealed class BodyFormats
{
    private readonly FrozenDictionary<string, IBodyFormat> _formats;

    /// <param name="added">What the host has added.</param>
    /// <exception cref="InvalidOperationException">A format of the host has a name that cannot be or is taken.
    /// </exception>
    public BodyFormats(IEnumerable<IBodyFormat> added)
    {
        List<FormatTypes> known = [.. FormatTypes.BuiltIn];
        IBodyFormat[] own = [.. added];
        foreach (IBodyFormat format in own)
        {
            Check(format, known);
            known.Add(new FormatTypes(format.Name, format.MediaTypes));
        }

        Known = known;
        _formats = own.Concat([new XmlFormat(), new CsvFormat(), new NdjsonFormat(), new TextFormat()])
            .ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);
    }

    /// <summary>All names and media types, with those that are not read through this contract.</summary>
    public IReadOnlyList<FormatTypes> Known { get; }

    public IBodyFormat Find(string name) => _formats[name];

    private static void Check(IBodyFormat format, List<FormatTypes> known)
    {
        string type = format.GetType().Name;
        if (format.Name.Length == 0
            || !format.Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)
                || letter == '-'))
        {
            throw new InvalidOperationException(
                $"{type}.Name is \"{format.Name}\". Use lower-case letters, digits and dashes.");
        }

        if (known.Exists(other => other.Name == format.Name))
        {
            throw new InvalidOperationException($"There are two formats with the name \"{format.Name}\".");
        }

        if (format.MediaTypes.Count == 0 || format.MediaTypes.Any(name => name.Length < 2))
        {
            throw new InvalidOperationException($"{type}.MediaTypes must name the media types that mean it.");
        }
    }
}
