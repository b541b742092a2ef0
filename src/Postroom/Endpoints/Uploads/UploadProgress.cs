using System.Security.Cryptography;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>How far a request has brought an upload.</summary>
/// <param name="Upload">Where it stands now.</param>
/// <param name="Fault">Why the request ended early; null when it did not.</param>
/// <param name="Whole">All bytes, durable, once they are there; null before.</param>
/// <param name="Hash">The hash of all bytes, which is the caller's; null when it has to be taken anew.</param>
internal sealed record UploadProgress(
    Upload Upload, Fault? Fault = null, GrowingFile? Whole = null, IncrementalHash? Hash = null);
