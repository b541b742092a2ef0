using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Postroom.Faults;
using Postroom.Storage.Records;

namespace Postroom.Exchange.Records;

/// <summary>
/// What a request takes for granted of a record (RFC 9110 §13): versions that it must have (<c>If-Match</c>) or must
/// not have (<c>If-None-Match</c>), or, without those, a time since which it must not have changed.
/// </summary>
internal sealed record Preconditions
{
    /// <summary>Nothing is taken for granted.</summary>
    public static Preconditions None { get; } = new();

    /// <summary>The tags of <c>If-Match</c>; null without it.</summary>
    public IReadOnlyList<string>? Match { get; init; }

    /// <summary>The tags of <c>If-None-Match</c>; null without it.</summary>
    public IReadOnlyList<string>? NoneMatch { get; init; }

    /// <summary>Whole seconds since 1970 of <c>If-Unmodified-Since</c>; null without it.</summary>
    public long? UnmodifiedSince { get; init; }

    /// <summary>Whole seconds since 1970 of <c>If-Modified-Since</c>; null without it.</summary>
    public long? ModifiedSince { get; init; }

    public static Preconditions Of(IHeaderDictionary headers)
    {
        var match = Tags(headers.IfMatch);
        var noneMatch = Tags(headers.IfNoneMatch);
        var unmodified = match is null ? Date(headers.IfUnmodifiedSince) : null;
        var modified = noneMatch is null ? Date(headers.IfModifiedSince) : null;
        return match is null && noneMatch is null && unmodified is null && modified is null
            ? None
            : new Preconditions
            {
                Match = match, NoneMatch = noneMatch, UnmodifiedSince = unmodified, ModifiedSince = modified,
            };
    }

    /// <summary>
    /// Why a change of this record is refused, in the order of RFC 9110 §13.2.2; null when all holds.
    /// </summary>
    public Fault? Judge(Record? record)
    {
        if (Match is { } match && (record is null || !Holds(match, record.Version)))
        {
            return record is null ? RecordFaults.NotThere : RecordFaults.Changed(record.Version);
        }

        if (record is not null && UnmodifiedSince is { } since && record.UpdatedAt / 1000 > since)
        {
            return RecordFaults.Changed(record.Version);
        }

        return record is not null && NoneMatch is { } noneMatch && Holds(noneMatch, record.Version)
            ? noneMatch.Contains("*") ? RecordFaults.Exists : RecordFaults.Changed(record.Version)
            : null;
    }

    /// <summary>Why a record is not read: 412 (RFC 9110 §13.1.1, §13.1.4); null when all holds.</summary>
    public Fault? JudgeReading(Record record) =>
        (Match is { } match && !Holds(match, record.Version))
        || (UnmodifiedSince is { } since && record.UpdatedAt / 1000 > since)
            ? RecordFaults.Changed(record.Version)
            : null;

    /// <summary>True when the caller has the record as it is: 304 (RFC 9110 §13.1.2, §13.1.3).</summary>
    /// <param name="record">What would be sent.</param>
    /// <param name="tag">The tag of the form in which it would be sent.</param>
    public bool IsKnown(Record record, string tag)
    {
        if (NoneMatch is { } noneMatch)
        {
            // §8.8.3.2: weak comparison.
            return noneMatch.Any(known => known == "*" || known == tag || known == "W/" + tag);
        }

        return ModifiedSince is { } since && record.UpdatedAt / 1000 <= since;
    }

    // §8.8.3.2: strong comparison; a weak tag never matches.
    private static bool Holds(IReadOnlyList<string> tags, long version) =>
        tags.Any(tag => tag == "*" || EntityTag.Version(tag) == version);

    private static List<string>? Tags(StringValues header)
    {
        if (header.Count == 0)
        {
            return null;
        }

        var tags = new List<string>();
        foreach (var line in header)
        {
            AddTags(line ?? "", tags);
        }

        return tags;
    }

    /// <summary>A comma may stand inside a tag, so the list is not split by commas alone.</summary>
    private static void AddTags(string line, List<string> tags)
    {
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or ',')
            {
                at++;
                continue;
            }

            var quote = line.IndexOf('"', at);
            var end = line.IndexOf(',', at) is var comma && comma < 0 ? line.Length : comma;
            if (quote >= 0 && quote < end)
            {
                var close = line.IndexOf('"', quote + 1);
                end = close < 0 ? line.Length : close + 1;
            }

            tags.Add(line[at..end].Trim());
            at = end;
        }
    }

    /// <summary>RFC 9110 §13.1.3: what is no date is ignored.</summary>
    private static long? Date(StringValues header) => header.Count == 1 && DateTimeOffset.TryParseExact(
        header[0], "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date.ToUnixTimeSeconds()
        : null;
}
