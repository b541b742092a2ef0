using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    private static readonly ArrayRules AnyItems = new();

    private bool WalkArray(SchemaNode node)
    {
        int start = _position;
        long scoreBefore = _score;
        if (_verified && node.IsBranching && TryRecall(node, start))
        {
            return true;
        }

        SchemaNode judge = node;
        if ((node.Types & SchemaTypes.Array) == 0)
        {
            TypeFault(node, new ValueToken(SchemaTypes.Array, start, start, false));
            judge = SchemaNode.Anything;
        }

        if (!EnterContainer() || !WalkItems(judge, judge.Arrays ?? AnyItems, out int count))
        {
            return false;
        }

        _depth--;
        if (ReferenceEquals(judge, SchemaNode.Anything))
        {
            return true;
        }

        var token = new ValueToken(SchemaTypes.Array, start, _position, false);
        if (judge.Arrays is { } rules)
        {
            JudgeCount(judge, token, count, rules.CountMin, rules.CountMax);
            JudgeUnique(judge, rules, token);
        }

        JudgeValue(judge, token);
        Remember(judge, start, scoreBefore);
        return true;
    }

    private bool WalkItems(SchemaNode node, ArrayRules rules, out int count)
    {
        count = 0;
        _position++;
        SkipSpace();
        if ((uint)_position < (uint)_json.Length && _json[_position] == (byte)']')
        {
            _position++;
            return true;
        }

        do
        {
            SchemaNode item = rules.Items;
            if (count < rules.Prefix.Length)
            {
                item = rules.Prefix[count];
            }
            else if (item.IsNever)
            {
                AdditionalItemFault(node, rules.Prefix.Length);
                item = SchemaNode.Anything;
            }

            if (!WalkValue(item))
            {
                return false;
            }

            count++;
        }
        while (Another((byte)']'));
        return MalformedCode is null;
    }

    private void JudgeUnique(SchemaNode node, ArrayRules rules, in ValueToken token)
    {
        if (!rules.Unique)
        {
            return;
        }

        int duplicate = _scratch.Items.FindDuplicate(Raw(token));
        if (duplicate >= 0)
        {
            DuplicateItemFault(node, token.Start + duplicate);
        }
    }
}
