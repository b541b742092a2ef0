using Postroom.Declarations;

namespace Postroom.Plans;

/// <summary>The formats of bodies that an endpoint takes, and what it says of them.</summary>
internal sealed class TakenFormats
{
    private readonly FormatTypes[] _taken;
    private readonly FormatTypes[] _others;

    /// <param name="names">The names that the endpoint lists; all are known.</param>
    /// <param name="known">Every format there is.</param>
    public TakenFormats(IEnumerable<string> names, IReadOnlyList<FormatTypes> known)
    {
        _taken = [.. names.Select(name => known.First(format => format.Name == name))];
        TakesJson = Array.Exists(_taken, format => format.Name == BodyFormatNames.Json);
        TakesForm = Array.Exists(_taken, format => format.Name == BodyFormatNames.Form);
        _others = [.. known.Except(_taken)];
        string[] types =
            [.. _taken.SelectMany(format => format.MediaTypes).Where(type => type[0] != '+' && type != "text/xml")];
        AcceptPost = string.Join(", ", types);
        Advice = types.Length == 1 ? $"Send {types[0]}." : $"Send {string.Join(", ", types[..^1])} or {types[^1]}.";
    }

    /// <summary>The formats.</summary>
    public IReadOnlyList<FormatTypes> All => _taken;

    /// <summary>The media types, as <c>Accept-Post</c> lists them (Linked Data Platform 1.0 §7.1).</summary>
    public string AcceptPost { get; }

    /// <summary>A sentence that says what to send.</summary>
    public string Advice { get; }

    public bool TakesJson { get; }

    public bool TakesForm { get; }

    /// <summary>The format of a media type; null when it is not taken.</summary>
    public FormatTypes? Find(ReadOnlySpan<byte> mediaType) => Find(_taken, mediaType);

    /// <summary>The format of a media type that could be read, and that the endpoint does not list.</summary>
    public FormatTypes? FindOther(ReadOnlySpan<byte> mediaType) => Find(_others, mediaType);

    private static FormatTypes? Find(FormatTypes[] formats, ReadOnlySpan<byte> mediaType)
    {
        foreach (var format in formats)
        {
            if (format.Reads(mediaType))
            {
                return format;
            }
        }

        return null;
    }
}
