namespace Postroom.Tests.Http2;

/// <summary>RFC 9113 §6.</summary>
internal enum Http2FrameType
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    Goaway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
