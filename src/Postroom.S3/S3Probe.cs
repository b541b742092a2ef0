using System.Globalization;
using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Tries at the start what files need of the bucket, so that a wrong key or a missing right is known then and not with
/// the first upload.
/// </summary>
internal static class S3Probe
{
    private const int Bytes = 1024;

    /// <exception cref="S3StartException">It cannot be used; the message says why and what to do.</exception>
    public static async Task RunAsync(S3Bucket bucket, EntropySource entropy, CancellationToken cancel)
    {
        var key = S3Keys.Probes + entropy.NextUInt64().ToString("x16", CultureInfo.InvariantCulture);
        try
        {
            await foreach (var _ in bucket.ListAsync(key, cancel))
            {
                // To ask is what counts.
            }

            var bytes = new byte[Bytes];
            entropy.Fill(bytes);
            await bucket.PutAsync(key, bytes);
            await ReadAsync(bucket, key, bytes);
            await bucket.DeleteAsync(key);
            await JoinAsync(bucket, key, bytes);
        }
        catch (StoreUnreachableException failure)
        {
            throw new S3StartException(failure.Message, failure);
        }
        catch (StorageFullException failure)
        {
            throw new S3StartException(
                failure.Message + " Make room, or raise the quota of the bucket, and start again.", failure);
        }
    }

    private static async Task JoinAsync(S3Bucket bucket, string key, byte[] bytes)
    {
        var upload = await bucket.CreateMultipartAsync(key);
        var tag = await bucket.PutPartAsync(key, upload, 1, bytes);
        await bucket.CompleteMultipartAsync(key, upload, [tag], _ => true);
        await ReadAsync(bucket, key, bytes);
        await bucket.DeleteAsync(key);
        await bucket.AbortMultipartAsync(key, await bucket.CreateMultipartAsync(key));
    }

    private static async Task ReadAsync(S3Bucket bucket, string key, byte[] expected)
    {
        using var answer = await bucket.GetAsync(key);
        var read = answer is null ? [] : await S3Stream.ReadAllAsync(bucket, answer, Bytes);
        if (!expected.AsSpan().SequenceEqual(read))
        {
            throw new S3StartException(
                $"The bucket `{bucket.Client.Options.Bucket}` does not give back what was just written. It must be "
                + "consistent: take one that says so, and no cache before it.");
        }
    }
}
