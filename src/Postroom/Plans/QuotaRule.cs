using System.Globalization;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>How many entries an endpoint takes, in all or in each period of UTC.</summary>
internal sealed class QuotaRule(QuotaDeclaration quota, string path, string? closedMessage)
{
    private readonly long _period = (long)(quota.Period?.TotalMilliseconds ?? 0);

    /// <summary>The guard of an entry that arrived at that time, in Unix milliseconds.</summary>
    public CountBelow Guard(long at) => new(path, _period, Start(at), quota.Max);

    /// <summary>The write that belongs to it.</summary>
    public CountEntry Count(long at) => new(path, _period, Start(at));

    /// <summary>Null while there is room.</summary>
    public Fault? Judge(IStoreReader reader, long at) =>
        reader.CountOf(path, _period, Start(at)) < quota.Max ? null : Reached(at);

    public Fault Reached(long at)
    {
        var limit = new LimitFault("quota", quota.Max);
        if (_period == 0)
        {
            return new(FaultCatalogue.QuotaReached,
                closedMessage ?? "As many messages as are taken here have come: nothing more is taken.")
            {
                Limit = limit,
            };
        }

        var next = DateTimeOffset.FromUnixTimeMilliseconds(Start(at) + _period);
        var period = quota.Period == TimeSpan.FromHours(1) ? "an hour" : "a day";
        return new(FaultCatalogue.QuotaExceeded, string.Create(CultureInfo.InvariantCulture,
            $"As many messages as are taken here in {period} have come. Send it again from {next:HH:mm} (UTC) on."))
        {
            Limit = limit,
            RetryAfter = next - DateTimeOffset.FromUnixTimeMilliseconds(at),
        };
    }

    // Hours and days of UTC begin where Unix time says so.
    private long Start(long at) => _period == 0 ? 0 : at - (at % _period);
}
