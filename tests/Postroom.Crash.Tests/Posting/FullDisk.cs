using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests.Posting;

/// <summary>A disk that is full from a number of acknowledgements on, until so many POSTs were refused.</summary>
internal sealed class FullDisk(int after, int refusals) : IDisposable
{
    private readonly ScratchFolder _control = ScratchFolder.InMemory();
    private int _refused;

    public int Acknowledged { get; private set; }

    /// <summary>What the recorder is told.</summary>
    public Dictionary<string, string> Faults => new() { ["POSTROOM_FAULT_FULL_WHILE"] = _control["full"] };

    public void See(PostReply reply)
    {
        Acknowledged += reply.IsAcknowledged ? 1 : 0;
        _refused += reply.IsAcknowledged ? 0 : 1;
        if (Acknowledged == after && _refused == 0)
        {
            File.WriteAllText(_control["full"], "");
        }
        else if (_refused == refusals)
        {
            File.Delete(_control["full"]);
        }
    }

    public void Dispose() => _control.Dispose();
}
