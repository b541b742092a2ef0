using Postroom.Declarations;
using Postroom.Tests.Framing;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Limits;

/// <summary>How a limit is crossed, and what the server says then.</summary>
internal sealed record LimitCase
{
    /// <summary>Limits of the endpoint, small enough to be crossed.</summary>
    public LimitsDeclaration Endpoint { get; init; } = new();

    /// <summary>The schema of the form; null for any fields.</summary>
    public ReadOnlyMemory<byte>? Schema { get; init; }

    /// <summary>Whether the endpoint is one for uploads.</summary>
    public bool IsUpload { get; init; }

    /// <summary>Limits of the server, small enough to be crossed.</summary>
    public ServerLimitsDeclaration Server { get; init; } = new();

    /// <summary>Crosses it and gives what the connection said.</summary>
    public required Func<PostHost, HeldWriter, Task<RawExchange>> Cross { get; init; }

    /// <summary>What stays within it by one; null where within is what every other test shows.</summary>
    public Func<PostHost, HeldWriter, Task<RawExchange>>? Stay { get; init; }

    public required int Status { get; init; }

    /// <summary>The name in the problem; null where there is no request yet that a problem could answer.</summary>
    public string? Name { get; init; }

    public long Value { get; init; }

    /// <summary>A case of one request with a body, beside one that stays within the limit.</summary>
    public static LimitCase Body(
        int status, string name, long value, LimitsDeclaration limits, string type, string beyond, string within) => new()
        {
            Endpoint = limits,
            Status = status,
            Name = name,
            Value = value,
            Cross = (host, _) => RawExchange.SendAsync(host.Address, Request(type, beyond)),
            Stay = (host, _) => RawExchange.SendAsync(host.Address, Request(type, within)),
        };

    /// <summary>A case of one request whose header crosses.</summary>
    public static LimitCase Head(
        int status, string name, long value, ServerLimitsDeclaration limits, string beyond, string within) => new()
        {
            Server = limits,
            Status = status,
            Name = name,
            Value = value,
            Cross = (host, _) => RawExchange.SendAsync(host.Address, beyond),
            Stay = (host, _) => RawExchange.SendAsync(host.Address, within),
        };

    /// <summary>A whole request; each character of the body is a byte.</summary>
    public static string Request(string type, string body, string headers = "", string line = FramingHost.Line) =>
        $"{line}{FramingHost.Host}Connection: close\r\nContent-Type: {type}\r\n{headers}"
        + $"Content-Length: {body.Length}\r\n\r\n{body}";
}
