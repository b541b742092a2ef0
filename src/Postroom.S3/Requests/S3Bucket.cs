using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Postroom.Storage;

namespace Postroom.S3.Requests;

/// <summary>The requests of the S3 API that files need.</summary>
internal sealed class S3Bucket(S3Client client)
{
    private const int ListingMax = 8 * 1024 * 1024;

    /// <summary>Who knows a file's parts: says what a finished object was made of.</summary>
    public const string MadeOf = "x-amz-meta-postroom";

    public S3Client Client => client;

    public async Task PutAsync(
        string key, ReadOnlyMemory<byte> bytes, byte[]? digest = null, string? madeOf = null)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Put, key)
        {
            Body = bytes,
            BodyDigest = digest,
            Headers = madeOf is null ? [] : [(MadeOf, madeOf)],
        });
        Expect(answer);
    }

    /// <summary>What is known of an object; null when there is none.</summary>
    public async Task<S3Object?> HeadAsync(string key)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Head, key));
        if (answer.IsMissing)
        {
            return null;
        }

        Expect(answer);
        return new S3Object(
            key, answer.Response.Content.Headers.ContentLength ?? 0,
            answer.Response.Content.Headers.LastModified ?? DateTimeOffset.MaxValue,
            answer.Response.Headers.TryGetValues(MadeOf, out var values) ? values.First() : null);
    }

    /// <summary>An object's bytes, all or a range of them; null when there is none.</summary>
    /// <param name="key">The object.</param>
    /// <param name="range">The first and the last byte; null for all.</param>
    /// <param name="tag">What the object must still be; empty for whatever it is.</param>
    public async Task<S3Answer?> GetAsync(string key, (long First, long Last)? range = null, string tag = "")
    {
        var headers = new List<(string, string)>();
        if (range is { } wanted)
        {
            headers.Add(S3Request.Range(wanted.First, wanted.Last));
        }

        if (tag.Length > 0)
        {
            headers.Add(("if-match", tag));
        }

        var answer = await client.SendAsync(new S3Request(HttpMethod.Get, key) { Headers = headers });
        if (!answer.IsMissing)
        {
            Expect(answer);
            return answer;
        }

        answer.Dispose();
        return null;
    }

    public async Task DeleteAsync(string key)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Delete, key));
        if (!answer.IsMissing)
        {
            Expect(answer);
        }
    }

    /// <summary>The objects whose keys begin so, in the order of their keys.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var next = "";
        do
        {
            List<(string, string)> query = [("list-type", "2"), ("prefix", prefix)];
            if (next.Length > 0)
            {
                query.Add(("continuation-token", next));
            }

            using var answer = await client.SendAsync(new S3Request(HttpMethod.Get, "") { Query = query }, cancel);
            Expect(answer);
            var text = await client.ReadAsync(answer, ListingMax, cancel: cancel);
            foreach (var row in S3Xml.Read(text, "Contents"))
            {
                yield return new S3Object(
                    row.GetValueOrDefault("Key", ""),
                    long.Parse(row.GetValueOrDefault("Size", "0"), CultureInfo.InvariantCulture),
                    Time(row.GetValueOrDefault("LastModified")),
                    null);
            }

            next = S3Xml.Find(text, "NextContinuationToken") ?? "";
        }
        while (next.Length > 0);
    }

    /// <summary>Begins a multipart upload, and gives its id.</summary>
    public async Task<string> CreateMultipartAsync(string key, string? madeOf = null)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Post, key)
        {
            Query = [("uploads", "")],
            Headers = madeOf is null ? [] : [(MadeOf, madeOf)],
        });
        Expect(answer);
        return S3Xml.Find(await client.ReadAsync(answer, ListingMax), "UploadId")
            ?? throw new StoreUnreachableException("The object store began a multipart upload and did not name it.");
    }

    /// <summary>Sends a part, and gives its tag.</summary>
    public async Task<string> PutPartAsync(
        string key, string upload, int number, ReadOnlyMemory<byte> bytes, byte[]? digest = null)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Put, key)
        {
            Query = PartOf(upload, number),
            Body = bytes,
            BodyDigest = digest,
        });
        Expect(answer);
        return answer.Tag;
    }

    /// <summary>
    /// Has the store copy an object into a part; null when it cannot, an empty tag when the object is not there.
    /// </summary>
    public async Task<string?> CopyPartAsync(string key, string upload, int number, string source)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Put, key)
        {
            Query = PartOf(upload, number),
            IsLong = true,
            Headers = [("x-amz-copy-source", $"/{client.Options.Bucket}/{source}")],
        });
        if (answer.Code is S3Codes.NotImplemented)
        {
            return null;
        }

        if (answer.Code is S3Codes.NoSuchKey)
        {
            return "";
        }

        Expect(answer);

        // "A 200 OK response can contain either a success or an error" (UploadPartCopy).
        return S3Xml.Find(await client.ReadAsync(answer, ListingMax, isLong: true), "ETag")
            ?? throw Failed("part", key);
    }

    /// <summary>
    /// Makes an object of its parts; false when the multipart upload is not there any more, and the object neither.
    /// </summary>
    /// <param name="key">The object.</param>
    /// <param name="upload">The multipart upload.</param>
    /// <param name="tags">The tags of its parts in their order.</param>
    /// <param name="isOurs">Tells the object: a repeat whose first answer was lost finds it, and no upload.</param>
    public async Task<bool> CompleteMultipartAsync(
        string key, string upload, IReadOnlyList<string> tags, Func<S3Object, bool> isOurs)
    {
        try
        {
            if (await CompleteOnceAsync(key, upload, tags))
            {
                return true;
            }
        }
        catch (StoreUnreachableException)
        {
            if (await HeadAsync(key) is { } there && isOurs(there))
            {
                return true;
            }

            throw;
        }

        return await HeadAsync(key) is { } found && isOurs(found);
    }

    private async Task<bool> CompleteOnceAsync(string key, string upload, IReadOnlyList<string> tags)
    {
        var body = new StringBuilder("<CompleteMultipartUpload>");
        for (var index = 0; index < tags.Count; index++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{index + 1}</PartNumber><ETag>")
                .Append(tags[index].Replace("&", "&amp;", StringComparison.Ordinal)).Append("</ETag></Part>");
        }

        body.Append("</CompleteMultipartUpload>");
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Post, key)
        {
            Query = [("uploadId", upload)],
            IsLong = true,
            Body = Encoding.UTF8.GetBytes(body.ToString()),
        });
        if (answer.IsMissing)
        {
            return false;
        }

        Expect(answer);

        // "A request could return a 200 OK response that contains an error" (CompleteMultipartUpload).
        var text = await client.ReadAsync(answer, ListingMax, isLong: true);
        return S3Xml.Find(text, "Code") switch
        {
            null => true,
            S3Codes.NoSuchUpload => false,
            var code => throw Failed(code, key),
        };
    }

    public async Task AbortMultipartAsync(string key, string upload)
    {
        using var answer = await client.SendAsync(
            new S3Request(HttpMethod.Delete, key) { Query = [("uploadId", upload)] });
        if (!answer.IsMissing && answer.Code is not S3Codes.NotImplemented)
        {
            Expect(answer);
        }
    }

    /// <summary>The multipart uploads that are open, by key and id; null when the store does not tell.</summary>
    public async Task<List<(string Key, string Upload, DateTimeOffset Begun)>?> ListMultipartsAsync(
        string prefix, CancellationToken cancel)
    {
        var found = new List<(string, string, DateTimeOffset)>();
        (string Key, string Upload) next = ("", "");
        do
        {
            List<(string, string)> query = [("uploads", ""), ("prefix", prefix)];
            if (next.Key.Length > 0)
            {
                query.AddRange([("key-marker", next.Key), ("upload-id-marker", next.Upload)]);
            }

            using var answer = await client.SendAsync(new S3Request(HttpMethod.Get, "") { Query = query }, cancel);
            if (answer.Code is S3Codes.NotImplemented)
            {
                return null;
            }

            Expect(answer);
            var text = await client.ReadAsync(answer, ListingMax, cancel: cancel);
            found.AddRange(S3Xml.Read(text, "Upload").Select(row => (
                row.GetValueOrDefault("Key", ""), row.GetValueOrDefault("UploadId", ""),
                Time(row.GetValueOrDefault("Initiated")))));
            next = S3Xml.Find(text, "IsTruncated") == "true"
                ? (S3Xml.Find(text, "NextKeyMarker") ?? "", S3Xml.Find(text, "NextUploadIdMarker") ?? "")
                : ("", "");
        }
        while (next.Key.Length > 0);
        return found;
    }

    private static (string, string)[] PartOf(string upload, int number) =>
        [("partNumber", number.ToString(CultureInfo.InvariantCulture)), ("uploadId", upload)];

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.MaxValue;

    private static void Expect(S3Answer answer)
    {
        if (answer.Code is { } code)
        {
            throw new StoreUnreachableException(
                $"The object store refused {answer.Response.RequestMessage?.Method}: {code}.");
        }
    }

    private static StoreUnreachableException Failed(string what, string key) =>
        new($"The object store could not make {key}: {what}.");
}
