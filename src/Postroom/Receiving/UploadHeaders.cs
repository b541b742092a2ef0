namespace Postroom.Receiving;

/// <summary>What pages of other origins need of an endpoint for uploads, beyond what they need of others.</summary>
internal static class UploadHeaders
{
    /// <summary>
    /// A page reads no header of an answer that is not exposed to it (Fetch §3.2.4): without `Upload-Offset` and
    /// `Location` no client of tus or of the IETF draft can go on.
    /// </summary>
    public const string Exposed =
        ", Upload-Offset, Upload-Length, Upload-Defer-Length, Upload-Metadata, Upload-Expires, Upload-Complete, "
        + "Upload-Limit, Upload-Draft-Interop-Version, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, "
        + "Tus-Checksum-Algorithm, ETag, Accept-Ranges, Content-Range, Content-Disposition, Content-Length, "
        + "Repr-Digest";

    /// <summary>What the clients of both protocols, and Uppy, send.</summary>
    public const string Allowed =
        ", tus-resumable, upload-length, upload-offset, upload-metadata, upload-defer-length, upload-checksum, "
        + "upload-complete, upload-draft-interop-version, upload-concat, x-http-method-override, x-requested-with, "
        + "x-request-id, content-disposition, slug, content-digest, repr-digest, range, if-range, if-none-match";
}
