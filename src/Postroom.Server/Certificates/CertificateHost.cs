using Postroom.Declarations;
using Postroom.Hosting;

namespace Postroom.Server.Certificates;

/// <summary>
/// The certificate in force. It is read before the first connection, and again when its files change or the server's
/// own comes to its end; connections that stand keep the one that they began with. A faulty new one is refused and the
/// old one stays.
/// </summary>
internal sealed partial class CertificateHost(
    TlsDeclaration tls, CertificateNames names, string data, IFolderWatch folders, TimeProvider time,
    ILogger<CertificateHost> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long nothing must move before files are read: a renewal changes two of them.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How often they are looked at in any case: a folder that is itself a link can be changed unseen by any watch.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private ServerCertificate? _current;
    private byte[] _seen = [];
    private IDisposable? _watch;
    private ITimer? _touched;
    private ITimer? _ticking;

    /// <summary>The one that new connections get.</summary>
    public ServerCertificate Current =>
        Volatile.Read(ref _current) ?? throw new InvalidOperationException("The certificate is not yet there.");

    /// <summary>After the store is open: the data folder is ours from then on.</summary>
    /// <exception cref="DeclarationException">A file is wrong.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var reading = tls.IsSelfSigned ? Own() : FromFiles(PemFiles.Read(tls));
        if (!reading.Succeeded)
        {
            throw new DeclarationException([reading.Fault]);
        }

        _current = reading.Certificate;
        foreach (var doubt in names.Doubts(tls, reading.Certificate, time.GetUtcNow()))
        {
            Log.Doubt(logger, doubt);
        }

        Watch();
        return Task.CompletedTask;
    }

    /// <summary>Reads again what may have changed.</summary>
    public void Look()
    {
        lock (_lock)
        {
            if (tls.IsSelfSigned)
            {
                LookAtOwn();
            }
            else
            {
                LookAtFiles();
            }
        }
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _touched?.Dispose();
        _ticking?.Dispose();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Watch()
    {
        _ticking = time.CreateTimer(_ => Look(), null, Interval, Interval);
        if (!tls.IsSelfSigned)
        {
            _touched = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            string[] watched = [Path.GetDirectoryName(tls.Certificate!)!, Path.GetDirectoryName(tls.Key!)!];
            _watch = folders.Watch([.. watched.Distinct()], () => _touched.Change(Quiet, Timeout.InfiniteTimeSpan));
        }
    }

    private void LookAtFiles()
    {
        var files = PemFiles.Read(tls);
        if (files.Digest.AsSpan().SequenceEqual(_seen))
        {
            return;
        }

        Take(FromFiles(files));
    }

    private void LookAtOwn()
    {
        if (time.GetUtcNow() < Current.Ends - SelfSignedCertificate.Renewal)
        {
            return;
        }

        try
        {
            Take(Own());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRenewed(logger, exception.Message);
        }
    }

    private void Take(CertificateReading reading)
    {
        if (reading.Succeeded)
        {
            Volatile.Write(ref _current, reading.Certificate);
            Log.Changed(logger, reading.Certificate.Ends, reading.Certificate.Fingerprint);
            return;
        }

        Log.Refused(logger, reading.Fault);
    }

    private CertificateReading Own() =>
        new(SelfSignedCertificate.Take(data, names.OwnNames, time.GetUtcNow()), null);

    private CertificateReading FromFiles(PemFiles files)
    {
        _seen = files.Digest;
        return CertificateReader.Read(tls, files, time.GetUtcNow());
    }

    private static partial class Log
    {
        [LoggerMessage(601, LogLevel.Information,
            "The certificate has changed: new connections get it. It ends on {Ends:yyyy-MM-dd}. SHA-256 {Fingerprint}")]
        public static partial void Changed(ILogger logger, DateTimeOffset ends, string fingerprint);

        [LoggerMessage(602, LogLevel.Error, "The changed certificate was refused, the old one stays in force. {Fault}")]
        public static partial void Refused(ILogger logger, DeclarationFault fault);

        [LoggerMessage(603, LogLevel.Warning, "{Doubt}")]
        public static partial void Doubt(ILogger logger, string doubt);

        [LoggerMessage(604, LogLevel.Error, "The self-signed certificate could not be renewed. {Message}")]
        public static partial void NotRenewed(ILogger logger, string message);
    }
}
