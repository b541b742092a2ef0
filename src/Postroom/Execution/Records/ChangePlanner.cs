using System.Text.Json;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>
/// Makes a unit's parts of a change that is asked for: what it reads of the store becomes guards, so that the commit
/// refuses it when that is true no more, and it is planned anew.
/// </summary>
internal static class ChangePlanner
{
    /// <param name="request">What is asked for.</param>
    /// <param name="reader">A snapshot; a plain creation reads nothing.</param>
    public static ChangeVerdict Plan(ChangeRequest request, Lazy<IStoreReader> reader) => request.Action switch
    {
        PostAction.Create when request.Upserts.IsEmpty => Create(request),
        PostAction.Create => Upsert(request, reader.Value),
        PostAction.Replace => Replace(request, reader.Value),
        PostAction.Update => Update(request, reader.Value),
        PostAction.Confirm => Confirm(request, reader.Value),
        _ => Delete(request, reader.Value),
    };

    private static ChangeVerdict Create(ChangeRequest request) => request.Aside.Count > 0
        ? RecordFaults.Kept(request.Aside.Select(member => member.Name))
        : Insert(request);

    private static ChangeVerdict Upsert(ChangeRequest request, IStoreReader reader)
    {
        if (request.Aside.Count > 0)
        {
            return RecordFaults.Kept(request.Aside.Select(member => member.Name));
        }

        var resource = request.Plan.Resource!;
        if (reader.FindRecord(resource.Table, request.Upserts) is not { } before)
        {
            return Insert(request);
        }

        return AccessPolicy.Judge(request.Plan, RecordAction.Update, request.Caller, before).IsDenied
            ? RecordFaults.Duplicate(resource.Upsert!, RecordFaults.Existing(request.Plan, request.Caller, before))
            : request.Preconditions.Judge(before) is { } fault ? fault
            : Change(request, before, resource.Shape.Carry(request.Document, before.Document.Span));
    }

    private static ChangeVerdict Replace(ChangeRequest request, IStoreReader reader)
    {
        var resource = request.Plan.Resource!;
        if (reader.FindRecord(resource.Table, request.Id) is not { } before)
        {
            if (AccessPolicy.Judge(request.Plan, RecordAction.Create, request.Caller).IsDenied)
            {
                return RecordFaults.NotFound;
            }

            string[] others =
                [.. request.Aside.Where(member => !IsId(member, request.Id)).Select(member => member.Name)];
            return request.Preconditions.Judge(null) is { } fault ? fault
                : others.Length > 0 ? RecordFaults.Kept(others)
                : Insert(request);
        }

        return JudgeChange(request, before) is { } refusal
            ? refusal
            : Change(request, before, resource.Shape.Carry(request.Document, before.Document.Span));
    }

    private static ChangeVerdict Update(ChangeRequest request, IStoreReader reader)
    {
        var resource = request.Plan.Resource!;
        if (reader.FindRecord(resource.Table, request.Id) is not { } before)
        {
            return RecordFaults.NotFound;
        }

        if (JudgeChange(request, before) is { } refusal)
        {
            return refusal;
        }

        if (!request.Document.Span.TrimStart(" \t\r\n"u8).StartsWith((byte)'{'))
        {
            return RecordFaults.NotAnObject;
        }

        var merged = resource.Shape.FillDefaults(MergePatch.Apply(before.Document, request.Document));
        return JudgeMerged(request.Plan, merged) is { } fault ? fault : Change(request, before, merged);
    }

    /// <summary>
    /// What counts for good is judged as if it were new: between the end of a hold by this clock and by another's,
    /// somebody else may have taken the place.
    /// </summary>
    private static ChangeVerdict Confirm(ChangeRequest request, IStoreReader reader)
    {
        var resource = request.Plan.Resource!;
        if (reader.FindRecord(resource.Table, request.Id) is not { } before)
        {
            return RecordFaults.NotFound;
        }

        if (JudgeChange(request, before) is { } refusal)
        {
            return refusal;
        }

        if (before.HeldUntil is null)
        {
            return new PlannedChange(
                request.Plan, before, before, [new RecordThere(resource.Table, before.Id, before.Version)], []);
        }

        var after = before with
        {
            Version = before.Version + 1,
            UpdatedAt = Math.Max(request.At, before.UpdatedAt),
            HeldUntil = null,
            Values = resource.Table.Read(before.Document.Span),
        };
        return new PlannedChange(
            request.Plan,
            before,
            after,
            [
                new RecordThere(resource.Table, after.Id, before.Version),
                new RecordHeld(resource.Table, after.Id, request.At),
                .. BookingGuards.Of(resource, null, after, request.At),
            ],
            [new ReplaceRecord(resource.Table, after)]);
    }

    private static ChangeVerdict Delete(ChangeRequest request, IStoreReader reader)
    {
        if (reader.FindRecord(request.Plan.Resource!.Table, request.Id) is not { } before)
        {
            return RecordFaults.NotFound;
        }

        return JudgeChange(request, before) is { } refusal
            ? refusal
            : new DeletionPlanner(reader, request.At).Plan(request.Plan, before);
    }

    /// <summary>May he, and is it as he knows it? (RFC 9110 §13.2.1: in this order.)</summary>
    private static Fault? JudgeChange(ChangeRequest request, Record before)
    {
        var action = request.Action == PostAction.Delete ? RecordAction.Delete : RecordAction.Update;
        if (AccessPolicy.Judge(request.Plan, action, request.Caller, before) is { IsDenied: true } verdict)
        {
            return verdict.Fault;
        }

        if (action == RecordAction.Update && before.HeldUntil <= request.At)
        {
            return RecordFaults.HoldEnded;
        }

        var preconditions = request.Preconditions;
        if (request.Plan.Resource!.RequiresIfMatch && preconditions.Match is null && preconditions.NoneMatch is null)
        {
            return RecordFaults.PreconditionRequired;
        }

        if (preconditions.Judge(before) is { } fault)
        {
            return fault;
        }

        string[] changed = [.. request.Aside.Where(member => !IsSame(member, before)).Select(member => member.Name)];
        return changed.Length > 0 ? RecordFaults.Kept(changed) : null;
    }

    private static Fault? JudgeMerged(EndpointPlan plan, ReadOnlyMemory<byte> document)
    {
        var limits = plan.Declaration.Limits;
        if (document.Length > limits.Body)
        {
            return BodyLimit.Exceeded(limits, limits.Body, document.Length);
        }

        var faults = new SchemaFaults();
        return plan.Schema.Walk(document.Span, faults, limits.Depth) == JsonVerdict.Valid
            ? null
            : SchemaRefusal.From(faults, [], plan.Declaration.Respond, isList: false);
    }

    private static ChangeVerdict Insert(ChangeRequest request)
    {
        var resource = request.Plan.Resource!;
        var table = resource.Table;
        var after = new Record
        {
            Id = request.Id,
            Version = 1,
            CreatedAt = request.At,
            UpdatedAt = request.At,
            Owner = request.Caller.IsAnonymous ? null : request.Caller.Name,
            HeldUntil = resource.Hold is { } hold ? request.At + (long)hold.TotalMilliseconds : null,
            Document = request.Document,
            Values = table.Read(request.Document.Span),
        };
        return BookingGuards.Judge(resource, after) is { } fault ? fault : new PlannedChange(
            request.Plan,
            null,
            after,
            [
                new RecordAbsent(table, after.Id),
                .. FieldGuards(request.Plan, after),
                .. BookingGuards.Of(resource, null, after, request.At),
            ],
            [new InsertRecord(table, after)]);
    }

    private static ChangeVerdict Change(ChangeRequest request, Record before, ReadOnlyMemory<byte> document)
    {
        var resource = request.Plan.Resource!;
        var table = resource.Table;
        var after = before with
        {
            Version = before.Version + 1,
            UpdatedAt = Math.Max(request.At, before.UpdatedAt),
            Document = document,
            Values = table.Read(document.Span),
        };
        return BookingGuards.Judge(resource, after) is { } fault ? fault : new PlannedChange(
            request.Plan,
            before,
            after,
            [
                new RecordThere(table, after.Id, before.Version),
                .. FieldGuards(request.Plan, after),
                .. BookingGuards.Of(
                    resource, before with { Values = table.Read(before.Document.Span) }, after, request.At),
            ],
            [new ReplaceRecord(table, after)]);
    }

    /// <summary>What its fields need: values that nobody else has, and records that are there.</summary>
    private static IEnumerable<Guard> FieldGuards(EndpointPlan plan, Record after)
    {
        var (table, resource) = (plan.Resource!.Table, plan.Resource);
        foreach (var unique in resource.Uniques)
        {
            var values = table.Pick(after.Values, unique.Index.Columns);
            if (!Array.Exists(values, value => value.IsNone))
            {
                yield return new ValuesFree(table, unique.Index, values, after.Id);
            }
        }

        foreach (var reference in resource.References)
        {
            if (after.Values[table.Position(reference.Column.Name)].Text is { } text)
            {
                yield return new RecordThere(reference.Target.Resource!.Table, ReferredId(text));
            }
        }
    }

    /// <summary>
    /// What is no id names no record: the empty id is nobody's. Columns compare texts, so one form counts.
    /// </summary>
    private static EntryId ReferredId(string text) =>
        EntryId.TryParse(text, out var id) && id.ToString() == text ? id : default;

    private static bool IsId(SetAside member, EntryId id) =>
        member.Name == RecordMembers.Expand || (member.Name == RecordMembers.Id && IsText(member, id.ToString()));

    /// <summary>True when a member that no caller sets says what is so anyway.</summary>
    private static bool IsSame(SetAside member, Record before) => member.Name switch
    {
        RecordMembers.Expand => true,
        RecordMembers.Id => IsText(member, before.Id.ToString()),
        RecordMembers.Created => IsText(member, RecordAnswer.Time(before.CreatedAt)),
        RecordMembers.Updated => IsText(member, RecordAnswer.Time(before.UpdatedAt)),
        RecordMembers.Owner => IsText(member, before.Owner),
        RecordMembers.HeldUntil => IsText(
            member, before.HeldUntil is { } until ? RecordAnswer.Time(until) : null),
        RecordMembers.Version => member.Value.Span.SequenceEqual(Version(before)),
        _ => IsField(member, before.Document),
    };

    private static byte[] Version(Record record) =>
        System.Text.Encoding.ASCII.GetBytes(record.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static bool IsText(SetAside member, string? text)
    {
        using var value = JsonDocument.Parse(member.Value);
        return value.RootElement.ValueKind switch
        {
            JsonValueKind.Null => text is null,
            JsonValueKind.String => value.RootElement.ValueEquals(text),
            _ => false,
        };
    }

    private static bool IsField(SetAside member, ReadOnlyMemory<byte> document)
    {
        using var value = JsonDocument.Parse(member.Value);
        using var record = JsonDocument.Parse(document);
        return record.RootElement.TryGetProperty(member.Name, out var field)
            ? JsonElement.DeepEquals(value.RootElement, field)
            : value.RootElement.ValueKind == JsonValueKind.Null;
    }
}
