using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

// JSON Schema Core, section 11. What a schema evaluated of a value follows from the schema and the value once it is
// known that they fit, so only the schemas that fit are kept, and the members are looked at when somebody asks.
internal ref partial struct Walker
{
    private void JudgeUnevaluatedProperties(SchemaNode node, ObjectRules rules, in ValueToken token, int applied)
    {
        if (rules.DeclaredAdditional is not null)
        {
            return;
        }

        for (int index = applied; index < _scratch.Applied.Count; index++)
        {
            if (_scratch.Applied[index].Objects is { DeclaredAdditional: not null } or { Unevaluated: not null })
            {
                return;
            }
        }

        (bool tracking, SchemaNode? speaker) = (_tracking, _speaker);
        (_tracking, _speaker) = (false, null);
        _depth++;
        var members = new MemberReader(Raw(token));
        while (!IsDecided && members.Next())
        {
            if (!IsEvaluated(rules, members.Name, applied))
            {
                int start = token.Start + members.ValueStart;
                JudgeUnevaluated(node, rules.Unevaluated!, TokenAt(start, start + members.Value.Length), isItem: false);
            }
        }

        _depth--;
        _position = token.End;
        (_tracking, _speaker) = (tracking, speaker);
    }

    private readonly bool IsEvaluated(ObjectRules own, ReadOnlySpan<byte> name, int applied)
    {
        ReadOnlySpan<byte> plain = Plain(name, name.Contains((byte)'\\'));
        if (Evaluates(own, plain))
        {
            return true;
        }

        for (int index = applied; index < _scratch.Applied.Count; index++)
        {
            if (_scratch.Applied[index].Objects is { } rules && Evaluates(rules, plain))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Evaluates(ObjectRules rules, ReadOnlySpan<byte> name)
    {
        if (rules.Declares(name))
        {
            return true;
        }

        foreach (PatternProperty pattern in rules.Patterns)
        {
            if (pattern.Pattern.IsMatch(name))
            {
                return true;
            }
        }

        return false;
    }

    private void JudgeUnevaluatedItems(SchemaNode node, ArrayRules rules, in ValueToken token, int applied)
    {
        int first = rules.Prefix.Length;
        bool all = rules.DeclaredItems is not null;
        for (int index = applied; index < _scratch.Applied.Count && !all; index++)
        {
            if (_scratch.Applied[index].Arrays is { } other)
            {
                first = Math.Max(first, other.Prefix.Length);
                all = other.DeclaredItems is not null || other.Unevaluated is not null;
            }
        }

        if (all)
        {
            return;
        }

        (bool tracking, SchemaNode? speaker) = (_tracking, _speaker);
        (_tracking, _speaker) = (false, null);
        _depth++;
        var items = new MemberReader(Raw(token));
        for (int index = 0; !IsDecided && items.Next(); index++)
        {
            if (index >= first)
            {
                int start = token.Start + items.ValueStart;
                ValueToken item = TokenAt(start, start + items.Value.Length);
                if (!IsContained(rules, item, applied))
                {
                    JudgeUnevaluated(node, rules.Unevaluated!, item, isItem: true);
                }
            }
        }

        _depth--;
        _position = token.End;
        (_tracking, _speaker) = (tracking, speaker);
    }

    /// <summary>Section 10.3.1.3: the items that <c>contains</c> found are evaluated.</summary>
    private bool IsContained(ArrayRules own, in ValueToken item, int applied)
    {
        if (own is { ContainsEvaluates: true, Contains: { } sought } && Fits(sought, item))
        {
            return true;
        }

        for (int index = applied; index < _scratch.Applied.Count; index++)
        {
            if (_scratch.Applied[index].Arrays is { ContainsEvaluates: true, Contains: { } other }
                && Fits(other, item))
            {
                return true;
            }
        }

        return false;
    }

    private void JudgeUnevaluated(SchemaNode node, SchemaNode schema, in ValueToken token, bool isItem)
    {
        if (schema.IsNever)
        {
            PlainFault(node, token.Start, isItem ? "unevaluatedItems" : "unevaluatedProperties",
                isItem ? FaultCodes.UnevaluatedItem : FaultCodes.UnevaluatedProperty);
        }
        else
        {
            Judge(schema, token);
        }
    }
}
