using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange.Records;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// One POST in flight. Stages meet here and nowhere else: each reads what earlier ones found and adds what it finds.
/// </summary>
internal sealed class PostExchange
{
    public HttpContext Http { get; private set; } = null!;

    public EndpointPlan Plan { get; private set; } = null!;

    /// <summary>The id of the entry if there will be one, and the reference in logs in any case.</summary>
    public EntryId Id { get; private set; }

    /// <summary>What it does: a form knows creation only.</summary>
    public PostAction Action { get; private set; }

    /// <summary>The record that the address names; empty for a POST.</summary>
    public EntryId Target { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    public long ReceivedAt { get; private set; }

    public TimeProvider Time { get; private set; } = TimeProvider.System;

    public StageClock Clock { get; } = new();

    /// <summary>The refused entry that is run again and will be replaced; null for what came from a socket.</summary>
    public Entry? Held { get; private set; }

    // Receiving
    public Caller Caller { get; set; } = null!;

    public string? MediaType { get; set; }

    public ContentCoding Coding { get; set; }

    public string? ClientKey { get; set; }

    public string? PageOrigin { get; set; }

    // Parsing
    public ReadOnlyMemory<byte> Document { get; set; }

    /// <summary>Of a record: the members that came and that no caller sets; they are not in the document.</summary>
    public IReadOnlyList<SetAside> Aside { get; set; } = [];

    public IReadOnlyDictionary<string, string> Control { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    public JsonVerdict Verdict { get; set; }

    /// <summary>
    /// The body without its content coding, once it was read to its end; of a form that may hold files without their
    /// contents, once it was found to be sound, and where its endpoint keeps refusals.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Where in the body the contents of the files stood.</summary>
    public IReadOnlyList<int> BodyGaps { get; set; } = [];

    /// <summary>True once the body was read to its end; until then a refusal closes the connection.</summary>
    public bool BodyIsRead { get; set; }

    public SchemaFaults Faults { get; } = new();

    /// <summary>The items of a batch; empty for everything else.</summary>
    public IReadOnlyList<BatchItem> Items { get; set; } = [];

    /// <summary>The files that came; null when none did.</summary>
    public StagedFiles? Staged { get; set; }

    /// <summary>Faults of file fields, which no schema can judge; judged with those of the schema.</summary>
    public IReadOnlyList<FieldFault> FileFaults { get; set; } = [];

    /// <summary>What is known of the files that came, in the order sent; empty until the document is there.</summary>
    public IReadOnlyList<EntryFile> Files { get; set; } = [];

    /// <summary>
    /// The upload that becomes an entry, with its length, where the bytes came in several requests; null for a POST.
    /// </summary>
    public Upload? Upload { get; set; }

    /// <summary>Reads the body's digest as it passes; null when the request names none.</summary>
    public IBodyDigest? Digest { get; set; }

    // Idempotency
    public KeySource KeySource { get; set; }

    public KeyHash Key { get; set; }

    public Fingerprint Fingerprint { get; set; }

    public long KeyExpiresAt { get; set; }

    public KeyClaim? Claim { get; set; }

    /// <summary>
    /// When a page that we rendered was made, in Unix milliseconds; 0 when the POST brought no token.
    /// </summary>
    public long PageMadeAt { get; set; }

    // Validation
    /// <summary>The first reason to hold it; null when none spoke.</summary>
    public string? HeldReason { get; private set; }

    /// <summary>Every reason with what it saw, a line for each.</summary>
    public string? HeldEvidence { get; private set; }

    /// <summary>Uses up the proof of work that came with it; null when none counts.</summary>
    public UseToken? Proof { get; set; }

    // Execution, or Idempotency for a repeat
    public StoredAnswer? Answer { get; set; }

    public AnswerOrigin AnswerOrigin { get; set; }

    /// <summary>The entry that the answer belongs to: the first one, for a repeat.</summary>
    public EntryId AnswerEntry { get; set; }

    public long AnswerFirstSeen { get; set; }

    /// <summary>
    /// True once a unit was given to the store: from then on a failure does not mean that nothing was stored.
    /// </summary>
    public bool MayBeStored { get; set; }

    // Any stage
    public Fault? Fault { get; set; }

    /// <summary>Why a lenient rule of development let the request pass; null when none was needed.</summary>
    public string? Leniency { get; set; }

    /// <summary>What was asked for and left out, for the log; null when nothing was.</summary>
    public string? Remark { get; set; }

    private byte[]? _buffer;
    private readonly List<IDisposable> _kept = [];
    private BodyMemory? _memory;
    private long _held;

    public void Begin(HttpContext http, EndpointPlan plan, EntryId id, TimeProvider time)
    {
        Http = http;
        Plan = plan;
        Id = id;
        ReceivedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        Time = time;
        Clock.Begin(time);
    }

    /// <summary>Says what it does with which record, where it is more than a POST.</summary>
    public void Aim(PostAction action, EntryId target)
    {
        Action = action;
        Target = target;
    }

    /// <summary>Begins a POST that came before and was refused then: at its own time, under its own id.</summary>
    public void BeginAgain(HttpContext http, EndpointPlan plan, Entry held, TimeProvider time)
    {
        Begin(http, plan, held.Id, time);
        Held = held;
        ReceivedAt = held.ReceivedAt;
    }

    /// <summary>Takes the answer of the request that this one repeats.</summary>
    public void Replay(KeyMatch match)
    {
        Answer = match.Answer;
        AnswerOrigin = AnswerOrigin.Replayed;
        AnswerEntry = match.Id;
        AnswerFirstSeen = match.ReceivedAt;
        KeyExpiresAt = match.ExpiresAt;
    }

    /// <summary>Goes on as a request that nothing identifies.</summary>
    public void ForgetKey()
    {
        KeySource = KeySource.None;
        Key = default;
        Fingerprint = default;
        KeyExpiresAt = 0;
    }

    /// <summary>Has it held for this reason as well; evidence is a few words on one line.</summary>
    public void Hold(string reason, string evidence)
    {
        HeldReason ??= reason;
        var line = $"{reason}: {evidence}";
        HeldEvidence = HeldEvidence is null ? line : $"{HeldEvidence}\n{line}";
    }

    /// <summary>Has it held since the proof of work came before with another message.</summary>
    public void HoldForUsedProof()
    {
        Proof = null;
        Hold("proof-replayed", "its proof of work came with another message before");
    }

    /// <summary>Commits a unit, after the files that its entry names.</summary>
    public ValueTask<UnitOutcome> CommitAsync(IPostStore store, PostUnit unit)
    {
        if (Plan.Upload is not null)
        {
            unit = UploadUnit.Join(this, store, unit);
        }

        if (Staged is { } staged)
        {
            return staged.CommitAsync(this, store, unit);
        }

        MayBeStored = true;
        return store.CommitAsync(unit);
    }

    /// <summary>
    /// Says that so many bytes of the body are in memory until the exchange ends; a refusal when there is no room.
    /// </summary>
    public Fault? Hold(BodyMemory memory, long bytes)
    {
        var more = bytes - BodyMemory.FreeBytes - _held;
        if (more <= 0)
        {
            return null;
        }

        if (memory.Take(more) is { } fault)
        {
            return fault;
        }

        _memory = memory;
        _held += more;
        return null;
    }

    /// <summary>Keeps a rented buffer until the exchange ends, since the document may lie in it.</summary>
    public void Keep(byte[] buffer) => _buffer = buffer;

    /// <summary>Keeps what reads the body until the exchange ends: it may hold a timer or native memory.</summary>
    public void Keep(IDisposable reader) => _kept.Add(reader);

    /// <summary>Gives back what was rented and forgets everything, so that the object can serve another POST.</summary>
    public void End()
    {
        if (_buffer is { } buffer)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            _buffer = null;
        }

        foreach (var kept in _kept)
        {
            kept.Dispose();
        }

        _kept.Clear();
        _memory?.Give(_held);
        _memory = null;
        _held = 0;
        Coding = ContentCoding.None;
        Aim(PostAction.Create, default);
        Aside = [];
        Http = null!;
        Plan = null!;
        Time = TimeProvider.System;
        Caller = null!;
        MediaType = ClientKey = PageOrigin = HeldReason = HeldEvidence = Leniency = Remark = null;
        Document = Body = default;
        Held = null;
        Staged = null;
        Upload = null;
        Digest = null;
        FileFaults = [];
        Items = [];
        Files = [];
        BodyGaps = [];
        Control = ReadOnlyDictionary<string, string>.Empty;
        Verdict = default;
        Faults.Clear();
        ForgetKey();
        PageMadeAt = AnswerFirstSeen = 0;
        Proof = null;
        MayBeStored = BodyIsRead = false;
        Claim = null;
        Answer = null;
        AnswerOrigin = AnswerOrigin.Created;
        AnswerEntry = default;
        Fault = null;
    }
}
