namespace Postroom.Declarations;

/// <summary>Between what limits may be set, in a file and in code.</summary>
internal static class LimitBounds
{
    public const int BodyMost = 100_000_000;
    public const long FileMost = 5_000_000_000_000;

    /// <summary>Bytes of all files together.</summary>
    public const long StoredMost = 1_000_000_000_000_000;
    public const int NameMost = 64_000;
    public const int RequestLineLeast = 256;
    public const int RequestLineMost = 64_000;
    public const int HeaderBytesLeast = 1000;
    public const int HeaderBytesMost = 512_000;

    /// <summary>Bytes of memory for all bodies, or for all that waits.</summary>
    public const long MemoryMost = 100_000_000_000;

    /// <summary>The shortest time of any limit.</summary>
    public static readonly TimeSpan TimeLeast = TimeSpan.FromSeconds(1);

    /// <summary>The longest time of any limit but that of a whole body.</summary>
    public static readonly TimeSpan TimeMost = TimeSpan.FromHours(1);

    public static readonly TimeSpan BodyTimeMost = TimeSpan.FromDays(1);

    public static readonly TimeSpan UploadAgeMost = TimeSpan.FromDays(30);
}
