using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Delivery;

internal sealed class PostJob(Job job, IReadOnlyList<IPostFile> files, IServiceProvider services) : IPostJob
{
    public EntryId Entry => job.Entry;

    public string Key => $"postroom-{job.Entry}-{job.Name}";

    public int Attempt => job.Attempts;

    public IReadOnlyList<IPostFile> Files => files;

    public IServiceProvider Services => services;
}
