using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>One body as one document, or the refusal of it.</summary>
internal readonly struct ParsedBody
{
    private readonly IReadOnlyDictionary<string, string>? _control;
    private readonly IReadOnlyList<FilePlace>? _files;

    private ParsedBody(
        ReadOnlyMemory<byte> document,
        IReadOnlyDictionary<string, string>? control,
        bool isKeptAsSent,
        Fault? fault,
        IReadOnlyList<FilePlace>? files = null)
    {
        Document = document;
        _control = control;
        KeptAsSent = isKeptAsSent;
        Fault = fault;
        _files = files;
    }

    /// <summary>
    /// UTF-8 JSON. When <see cref="KeptAsSent"/>, the memory of the body itself, not yet known to be JSON.
    /// </summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>
    /// The fields that speak to the server, without the empty ones; the same empty instance when there are none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Control => _control ?? ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where the names of files stand in the document.</summary>
    public IReadOnlyList<FilePlace> Files => _files ?? [];

    /// <summary>True when the document is the body's own bytes.</summary>
    public bool KeptAsSent { get; }

    /// <summary>Why there is no document; null when there is one.</summary>
    public Fault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Fault))]
    public bool IsRefused => Fault is not null;

    public static ParsedBody AsSent(ReadOnlyMemory<byte> body) => new(body, null, true, null);

    public static ParsedBody Rewritten(
        byte[] document,
        IReadOnlyDictionary<string, string>? control,
        IReadOnlyList<FilePlace>? files = null) => new(document, control, false, null, files);

    public static ParsedBody Refused(Fault fault) => new(default, null, false, fault);
}
