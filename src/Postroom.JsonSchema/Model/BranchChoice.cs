using System.Text;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Model;

/// <summary>
/// Tells the alternatives of an <c>anyOf</c> or <c>oneOf</c> apart by one property: each allows strings there that no
/// other one does, so an object that has the property can fit one of them at most.
/// </summary>
internal sealed class BranchChoice
{
    /// <summary>The object lacks the property: any alternative may fit.</summary>
    public const int Open = -1;

    /// <summary>No alternative takes what the object has there.</summary>
    public const int None = -2;

    private readonly byte[] _property;
    private readonly NameTable _values;
    private readonly int[] _branches;

    private BranchChoice(string property, List<(string Value, int Branch)> values)
    {
        _property = Encoding.UTF8.GetBytes(property);
        _values = new NameTable([.. values.Select(value => value.Value)]);
        _branches = [.. values.Select(value => value.Branch)];
    }

    /// <summary>Null where no property tells all of them apart.</summary>
    public static BranchChoice? TryCreate(SchemaNode[] branches)
    {
        if (branches.Length < 2 || branches[0].Objects is not { } first)
        {
            return null;
        }

        foreach ((string property, _) in first.Declared)
        {
            List<(string Value, int Branch)> values = [];
            bool tells = branches.Index().All(branch => TryAdd(values, property, branch.Item, branch.Index));
            if (tells && values.DistinctBy(value => value.Value).Count() == values.Count)
            {
                return new BranchChoice(property, values);
            }
        }

        return null;
    }

    /// <summary>The one alternative that may fit, or <see cref="Open"/> or <see cref="None"/>.</summary>
    /// <param name="json">An object that is known to be well-formed.</param>
    public int Choose(ReadOnlySpan<byte> json)
    {
        var members = new MemberReader(json);
        while (members.Next())
        {
            if (members.Name.Contains((byte)'\\'))
            {
                return Open;
            }

            if (members.Name.SequenceEqual(_property))
            {
                ReadOnlySpan<byte> value = members.Value;
                if (value.Contains((byte)'\\'))
                {
                    return Open;
                }

                int index = value[0] == (byte)'"' ? _values.Find(value[1..^1]) : -1;
                return index < 0 ? None : _branches[index];
            }
        }

        return Open;
    }

    private static bool TryAdd(List<(string Value, int Branch)> values, string property, SchemaNode branch, int index)
    {
        SchemaNode? schema = branch.Objects?.Declared.Find(declared => declared.Name == property).Schema?.Target;
        if ((schema?.Values?.Const ?? schema?.Values?.Enum) is not { Types: SchemaTypes.String } allowed)
        {
            return false;
        }

        values.AddRange(allowed.Values.Select(value => (JsonText.ReadString(value.Span), index)).Distinct());
        return true;
    }
}
