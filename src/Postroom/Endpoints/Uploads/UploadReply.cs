using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>What became of a request for an upload.</summary>
/// <param name="Fault">Why it was refused; null when it was not.</param>
/// <param name="Upload">Where the upload stands; null where there is none to tell of.</param>
/// <param name="Answer">The final answer, once the upload is finished.</param>
internal sealed record UploadReply(Fault? Fault, Upload? Upload = null, StoredAnswer? Answer = null)
{
    public static implicit operator UploadReply(Fault fault) => new(fault);
}
