namespace Postroom.Tests.Http2;

/// <summary>RFC 9113 §7.</summary>
internal static class Http2ErrorCode
{
    public const int None = 0;
    public const int Protocol = 1;
    public const int Internal = 2;
    public const int FlowControl = 3;
    public const int FrameSize = 6;
    public const int RefusedStream = 7;
    public const int Cancel = 8;
    public const int EnhanceYourCalm = 11;
    public const int Http11Required = 13;
}
