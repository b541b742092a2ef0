using System.IO.Pipelines;
using System.Security.Cryptography;
using Postroom.Exchange;

namespace Postroom.Parsing.Uploads;

/// <summary>Hashes a body as its reader lets go of it.</summary>
internal sealed class DigestedBody : PipeReader, IBodyDigest, IDisposable
{
    private readonly PipeReader _source;
    private readonly IncrementalHash[] _hashes;
    private ReadResult _last;

    /// <param name="source">The body.</param>
    /// <param name="algorithms">All that may be asked for at its end.</param>
    public DigestedBody(PipeReader source, params ReadOnlySpan<HashAlgorithmName> algorithms)
    {
        _source = source;
        _hashes = new IncrementalHash[algorithms.Length];
        for (int index = 0; index < algorithms.Length; index++)
        {
            _hashes[index] = IncrementalHash.CreateHash(algorithms[index]);
        }
    }

    /// <summary>What the body must hash to; null for whatever it does.</summary>
    public ExpectedDigest? Expected { get; set; }

    public bool Fits() => Expected is not { } expected || CryptographicOperations.FixedTimeEquals(
        Array.Find(_hashes, hash => hash.AlgorithmName == expected.Algorithm)!.GetCurrentHash(), expected.Value);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _last = await _source.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result)
    {
        if (!_source.TryRead(out result))
        {
            return false;
        }

        _last = result;
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (ReadOnlyMemory<byte> part in _last.Buffer.Slice(_last.Buffer.Start, consumed))
        {
            foreach (IncrementalHash hash in _hashes)
            {
                hash.AppendData(part.Span);
            }
        }

        _source.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _source.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _source.Complete(exception);

    public void Dispose()
    {
        foreach (IncrementalHash hash in _hashes)
        {
            hash.Dispose();
        }
    }
}
