using System.IO.Pipelines;

namespace Postroom.Parsing;

/// <summary>
/// Reads what is left of a refused body that would have been within its limits: a client that still sends does not
/// see the answer (RFC 9112 §9.6).
/// </summary>
internal static class BodyRest
{
    /// <summary>True when the body has ended.</summary>
    public static async ValueTask<bool> SkipAsync(PipeReader source, long limit)
    {
        try
        {
            long skipped = 0;
            while (skipped <= limit)
            {
                var result = await source.ReadAsync(CancellationToken.None);
                skipped += result.Buffer.Length;
                source.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or BodyException)
        {
            // It was refused already; what else is wrong with it does not count.
            return false;
        }
    }
}
