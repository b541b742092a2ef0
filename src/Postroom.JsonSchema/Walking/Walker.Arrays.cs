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

        if (IsDecided || !EnterContainer())
        {
            return false;
        }

        (bool tracking, SchemaNode? speaker) = (_tracking, _speaker);
        (_tracking, _speaker) = (false, null);
        ArrayRules rules = judge.Arrays ?? AnyItems;
        if (!WalkItems(judge, rules, out int count, out int contained))
        {
            return false;
        }

        _depth--;
        (_tracking, _speaker) = (tracking, speaker);
        if (!ReferenceEquals(judge, SchemaNode.Anything))
        {
            var token = new ValueToken(SchemaTypes.Array, start, _position, false);
            JudgeArray(judge, rules, token, count, contained);
            Remember(judge, start, scoreBefore);
        }

        return true;
    }

    private bool WalkItems(SchemaNode node, ArrayRules rules, out int count, out int contained)
    {
        (count, contained) = (0, 0);
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
                AdditionalItemFault(node, rules.ItemsKeyword, rules.Prefix.Length);
                item = SchemaNode.Anything;
            }

            int start = _position;
            if (!WalkValue(item) || IsDecided)
            {
                return false;
            }

            count++;
            if (rules.Contains is { } sought && Fits(sought, TokenAt(start, _position)))
            {
                contained++;
            }
        }
        while (Another((byte)']'));
        return MalformedCode is null;
    }

    /// <summary>What is said of the array as a whole, once its items are walked.</summary>
    private void JudgeArray(SchemaNode node, ArrayRules rules, in ValueToken token, int count, int contained)
    {
        JudgeCount(node, token, count, rules.CountMin, rules.CountMax);
        JudgeUnique(node, rules, token);
        if (rules.Contains is not null && (contained < rules.ContainsMin || contained > rules.ContainsMax))
        {
            ContainsFault(node, token, rules, contained);
        }

        int applied = _scratch.Applied.Count;
        bool tracking = _tracking;
        _tracking |= rules.Unevaluated is not null;
        if (!IsDecided)
        {
            JudgeValue(node, token);
        }

        if (rules.Unevaluated is not null)
        {
            JudgeUnevaluatedItems(node, rules, token, applied);
            Forget(applied);
        }

        _tracking = tracking;
        if (tracking && node.Arrays is not null)
        {
            _scratch.Applied.Add(node);
        }
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
            PlainFault(node, token.Start + duplicate, "uniqueItems", FaultCodes.DuplicateItem);
        }
    }
}
