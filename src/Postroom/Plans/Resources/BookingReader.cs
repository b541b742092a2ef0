using System.Globalization;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>Turns capacities and overlaps into columns and rules of the table.</summary>
internal sealed class BookingReader(
    SchemaView schema, RecordColumns columns, IReadOnlyList<ReferenceRule> references, Action<string> fault)
{
    private const int RulesMax = 10;

    public IReadOnlyList<CapacityPlan> Capacities(IReadOnlyList<CapacityDeclaration> declared)
    {
        JudgeCount("capacity", declared.Count);
        return [.. declared.Take(RulesMax).Select(Capacity).OfType<CapacityPlan>()];
    }

    public IReadOnlyList<OverlapPlan> Overlaps(IReadOnlyList<OverlapDeclaration> declared)
    {
        JudgeCount("overlap", declared.Count);
        return [.. declared.Take(RulesMax).Select(Overlap).OfType<OverlapPlan>()];
    }

    private CapacityPlan? Capacity(CapacityDeclaration declared)
    {
        var of = declared.Of is { } pointer ? Reference(pointer) : null;
        if ((declared.Of is not null && of is null) || (declared.Of is null) == (declared.Max is null)
            || (declared.Of is null) != (declared.Field is null))
        {
            fault("capacity.max is a number, or {of, field}: the field with x-ref that leads to a record, and the "
                + "whole number there that says how much there is.");
            return null;
        }

        string[] pointers = of is null || declared.Per.Contains(of.Pointer)
            ? [.. declared.Per]
            : [of.Pointer, .. declared.Per];
        var per = Key("capacity", pointers);
        if (per is null || (declared.Weight is { } weight && !IsWeight(weight)))
        {
            return null;
        }

        var column = declared.Weight is null ? null : columns.Add(RecordColumns.PathOf(declared.Weight))!.Name;
        var name = ColumnNames.OfRule("capacity", [.. per, column ?? ""]);
        return new CapacityPlan(new CapacityRule(name, per, column), pointers, declared.Max ?? 0, declared.Weight)
        {
            Of = of,
            Field = declared.Field,
        };
    }

    private OverlapPlan? Overlap(OverlapDeclaration declared)
    {
        var per = Key("overlap", declared.Per);
        var from = End(declared.From);
        var to = End(declared.To);
        if (per is null || from is null || to is null)
        {
            return null;
        }

        if (from.Type != to.Type || from == to)
        {
            fault("overlap: from and to are two fields of one type: date-time, date or integer.");
            return null;
        }

        var name = ColumnNames.OfRule("overlap", [.. per, from.Name, to.Name]);
        var rule = new OverlapRule(name, per, from.Name, to.Name, Buffer(from.Type, declared.Buffer));
        return new OverlapPlan(rule, declared.From, declared.To);
    }

    private ReferenceRule? Reference(string pointer) => references.FirstOrDefault(rule => rule.Pointer == pointer);

    /// <summary>The fields of a key are always there: what is left out would be a way around the rule.</summary>
    private string[]? Key(string rule, IReadOnlyList<string> pointers)
    {
        var names = new List<string>();
        foreach (var pointer in pointers)
        {
            var column = columns.Add(RecordColumns.PathOf(pointer));
            if (column is null || !IsRequired(pointer))
            {
                fault($"{rule}.per: {pointer} must be a field of the schema that is `required` and has one type that "
                    + "can be compared: string, integer, number or boolean.");
                return null;
            }

            names.Add(column.Name);
        }

        return [.. names];
    }

    private bool IsWeight(string pointer)
    {
        var view = columns.FieldAt(RecordColumns.PathOf(pointer));
        var isWeight = view is { Types: SchemaTypes.Integer, Minimum: { } minimum } && IsRequired(pointer)
            && decimal.TryParse(minimum, NumberStyles.Float, CultureInfo.InvariantCulture, out var least) && least >= 0;
        if (!isWeight)
        {
            fault($"capacity.weight: {pointer} must be a field of the schema that is `required`, an integer, and has a "
                + "`minimum` of at least 0, so that nobody takes less than nothing.");
        }

        return isWeight;
    }

    private RecordColumn? End(string pointer)
    {
        var column = columns.AddRangeEnd(RecordColumns.PathOf(pointer));
        if (column is null || !IsRequired(pointer))
        {
            fault($"overlap: {pointer} must be a field of the schema that is `required` and a date-time, a date or an "
                + "integer.");
            return null;
        }

        return column;
    }

    private bool IsRequired(string pointer)
    {
        SchemaView? view = schema;
        foreach (var name in RecordColumns.PathOf(pointer))
        {
            if (view?.Property(name) is not { Required: true } property)
            {
                return false;
            }

            view = property.Schema;
        }

        return view is not null && (view.Types & SchemaTypes.Null) == 0;
    }

    private void JudgeCount(string rule, int count)
    {
        if (count > RulesMax)
        {
            fault($"{rule}: there are {count} rules; at most {RulesMax} can be.");
        }
    }

    private static long Buffer(RecordType type, TimeSpan buffer) => type switch
    {
        RecordType.Time => buffer.Ticks / TimeSpan.TicksPerMicrosecond,
        RecordType.Date => (long)Math.Ceiling(buffer.TotalDays),
        _ => (long)buffer.TotalSeconds,
    };
}
