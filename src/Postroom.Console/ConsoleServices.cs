using Microsoft.Extensions.DependencyInjection;
using Postroom.Identity;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>What the pages of the inbox work with.</summary>
internal sealed class ConsoleServices
{
    public ConsoleServices(IServiceProvider services)
    {
        Store = services.GetRequiredService<IPostStore>();
        Files = services.GetRequiredService<IFileStore>();
        Traces = services.GetRequiredService<ITraceStore>();
        Releases = services.GetRequiredService<IEntryReleases>();
        Plans = services.GetRequiredService<PlanTable>();
        Time = services.GetRequiredService<TimeProvider>();
        var entropy = services.GetRequiredService<EntropySource>();
        Links = new SignInLinks(Store.Secret, Time, entropy);
        Sessions = new ConsoleSessions(Store.Secret, Time, entropy);
        Counts = new EntryCounts(Count, Time);
    }

    public IPostStore Store { get; }

    public IFileStore Files { get; }

    public ITraceStore Traces { get; }

    public IEntryReleases Releases { get; }

    public PlanTable Plans { get; }

    public TimeProvider Time { get; }

    public SignInLinks Links { get; }

    public ConsoleSessions Sessions { get; }

    public EntryCounts Counts { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    private IReadOnlyList<EntryCount> Count()
    {
        using var reader = Store.Read();
        return reader.CountEntries();
    }
}
