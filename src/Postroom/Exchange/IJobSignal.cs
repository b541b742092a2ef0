namespace Postroom.Exchange;

/// <summary>Tells whoever runs jobs that some are ready, so that he need not look.</summary>
internal interface IJobSignal
{
    void Ready();
}
