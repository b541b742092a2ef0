using System.Text.Json;

namespace Postroom.JsonSchema.Output;

/// <summary>One place of the schema in an output: a fault, or what faults have in common.</summary>
internal sealed class OutputUnit(string keywordLocation, string instanceLocation)
{
    public string KeywordLocation { get; } = keywordLocation;

    public string InstanceLocation { get; private set; } = instanceLocation;

    public string? AbsoluteLocation { get; init; }

    public string? Error { get; init; }

    public List<OutputUnit> Below { get; } = [];

    /// <summary>Puts a fault where its keyword stands.</summary>
    public void Add(OutputUnit fault)
    {
        InstanceLocation = Common(InstanceLocation, fault.InstanceLocation);
        int next = fault.KeywordLocation.IndexOf('/', KeywordLocation.Length + 1);
        if (next < 0)
        {
            Below.Add(fault);
            return;
        }

        string step = fault.KeywordLocation[..next];
        OutputUnit? holder = Below.Find(unit => unit.Error is null && unit.KeywordLocation == step);
        if (holder is null)
        {
            holder = new OutputUnit(step, fault.InstanceLocation);
            Below.Add(holder);
        }

        holder.Add(fault);
    }

    public OutputUnit With(IEnumerable<OutputUnit> units)
    {
        Below.AddRange(units);
        return this;
    }

    /// <summary>Section 12.4.3: a place with one below is replaced by that one.</summary>
    public OutputUnit Condensed()
    {
        if (Error is null && Below.Count == 1)
        {
            return Below[0].Condensed();
        }

        for (int index = 0; index < Below.Count; index++)
        {
            Below[index] = Below[index].Condensed();
        }

        return this;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", false);
        writer.WriteString("keywordLocation", KeywordLocation);
        if (AbsoluteLocation is not null)
        {
            writer.WriteString("absoluteKeywordLocation", AbsoluteLocation);
        }

        writer.WriteString("instanceLocation", InstanceLocation);
        if (Error is not null)
        {
            writer.WriteString("error", Error);
        }
        else
        {
            writer.WriteStartArray("errors");
            Below.ForEach(unit => unit.Write(writer));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string Common(string left, string right)
    {
        string[] ours = left.Split('/'), theirs = right.Split('/');
        int shared = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('/', ours.Take(shared));
    }
}
