using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>limits</c>.</summary>
internal static class LimitsReader
{
    /// <param name="scope">The load.</param>
    /// <param name="holder">The mapping that may have the key <c>limits</c>.</param>
    /// <param name="otherwise">What counts for the keys that are absent.</param>
    public static LimitsDeclaration Read(LoadScope scope, SourceMapping holder, LimitsDeclaration otherwise)
    {
        if (holder.Mapping("limits") is not { } mapping)
        {
            return otherwise;
        }

        var measures = new MeasureReader(scope, mapping);
        return new()
        {
            Body = measures.Size("body", 1, LimitBounds.BodyMost) ?? otherwise.Body,
            DecodedBody = measures.Size("decodedBody", 1, LimitBounds.BodyMost) ?? otherwise.DecodedBody,
            Ratio = mapping.Count("ratio") ?? otherwise.Ratio,
            BodyTime = measures.Duration("bodyTime", LimitBounds.TimeLeast, LimitBounds.BodyTimeMost)
                ?? otherwise.BodyTime,
            MinimumRate = measures.SizeOrOff("minimumRate", 1, LimitBounds.BodyMost, otherwise.MinimumRate),
            MinimumRateGrace = measures.Duration("minimumRateGrace", LimitBounds.TimeLeast, LimitBounds.TimeMost)
                ?? otherwise.MinimumRateGrace,
            Fields = mapping.Count("fields") ?? otherwise.Fields,
            Name = (int?)measures.Size("name", 1, LimitBounds.NameMost) ?? otherwise.Name,
            Value = (int?)measures.Size("value", 1, LimitBounds.BodyMost) ?? otherwise.Value,
            Depth = mapping.Count("depth") ?? otherwise.Depth,
            Index = mapping.Count("index") ?? otherwise.Index,
            Items = mapping.Count("items") ?? otherwise.Items,
            File = measures.Size("file", 1, LimitBounds.FileMost) ?? otherwise.File,
            Files = mapping.Count("files") ?? otherwise.Files,
            Parts = mapping.Count("parts") ?? otherwise.Parts,
            Rate = measures.Rate("rate", TimeSpan.FromMinutes(1), "min", otherwise.Rate),
            Keys = measures.Rate("keys", TimeSpan.FromHours(1), "h", otherwise.Keys),
            UploadAge = measures.Duration("uploadAge", LimitBounds.TimeLeast, LimitBounds.UploadAgeMost)
                ?? otherwise.UploadAge,
            OpenUploads = mapping.Text("openUploads")?.Text == MeasureReader.Off
                ? null
                : mapping.Count("openUploads") ?? otherwise.OpenUploads,
            CallerBytes = Stored(measures, mapping, "callerBytes", otherwise.CallerBytes),
            EndpointBytes = Stored(measures, mapping, "endpointBytes", otherwise.EndpointBytes),
        };
    }

    private static long? Stored(MeasureReader measures, SourceMapping mapping, string key, long? otherwise) =>
        mapping.Text(key)?.Text == MeasureReader.Off
            ? null
            : measures.Size(key, 1, LimitBounds.StoredMost) ?? otherwise;
}
