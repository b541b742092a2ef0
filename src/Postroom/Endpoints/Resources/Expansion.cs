using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Endpoints.Resources;

/// <summary>The references of which a reader wants the records as well.</summary>
internal sealed class Expansion
{
    private const int Max = 10;
    private const int ShownMax = 60;

    private Expansion(IReadOnlyList<ReferenceRule> references) => References = references;

    public static Expansion None { get; } = new([]);

    public IReadOnlyList<ReferenceRule> References { get; }

    public bool IsEmpty => References.Count == 0;

    /// <summary>Reads a list of names, joined by commas; null for none.</summary>
    public static Fault? Parse(EndpointPlan plan, string? text, out Expansion expansion)
    {
        expansion = None;
        if (text is null)
        {
            return null;
        }

        var known = plan.Resource!.References;
        var found = new List<ReferenceRule>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (known.FirstOrDefault(reference => reference.Name == name) is not { } reference)
            {
                return new Fault(FaultCatalogue.QueryInvalid,
                    $"`expand`: `{(name.Length <= ShownMax ? name : name[..ShownMax])}` is no reference of "
                    + $"{plan.Path}. " + (known.Count == 0
                        ? "It has none."
                        : $"There are {string.Join(", ", known.Select(reference => reference.Name))}."));
            }

            if (!found.Contains(reference))
            {
                found.Add(reference);
            }

            if (found.Count > Max)
            {
                return new Fault(FaultCatalogue.QueryInvalid, $"`expand` takes at most {Max} names.");
            }
        }

        expansion = new Expansion(found);
        return null;
    }
}
