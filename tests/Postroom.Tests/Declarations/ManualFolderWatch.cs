using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

/// <summary>Folders that a test touches by hand.</summary>
internal sealed class ManualFolderWatch : IFolderWatch
{
    private Action? _touched;

    public IReadOnlyCollection<string> Folders { get; private set; } = [];

    public IDisposable Watch(IReadOnlyCollection<string> folders, Action touched)
    {
        Folders = folders;
        _touched = touched;
        return new Watched(this, touched);
    }

    public void Touch() => _touched?.Invoke();

    private sealed class Watched(ManualFolderWatch owner, Action touched) : IDisposable
    {
        public void Dispose()
        {
            if (owner._touched == touched)
            {
                owner._touched = null;
            }
        }
    }
}
