using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    private bool WalkObject(SchemaNode node)
    {
        int start = _position;
        long scoreBefore = _score;
        if (_verified && node.IsBranching && TryRecall(node, start))
        {
            return true;
        }

        SchemaNode judge = node;
        if ((node.Types & SchemaTypes.Object) == 0)
        {
            TypeFault(node, new ValueToken(SchemaTypes.Object, start, start, false));
            judge = SchemaNode.Anything;
        }

        if (!EnterContainer() || !WalkMembers(judge, judge.Objects ?? ObjectRules.None))
        {
            return false;
        }

        _depth--;
        if (!ReferenceEquals(judge, SchemaNode.Anything))
        {
            JudgeValue(judge, new ValueToken(SchemaTypes.Object, start, _position, false));
            Remember(judge, start, scoreBefore);
        }

        return true;
    }

    private bool WalkMembers(SchemaNode node, ObjectRules rules)
    {
        var members = new MemberState(_position, _verified ? 0 : _scratch.Names.Open());
        if (!rules.IsNarrow)
        {
            members.SeenFirst = _scratch.OpenSeen(rules.Names.Count);
        }

        _position++;
        SkipSpace();
        if ((uint)_position < (uint)_json.Length && _json[_position] == (byte)'}')
        {
            _position++;
        }
        else
        {
            do
            {
                if (!WalkMember(node, rules, ref members))
                {
                    return false;
                }

                members.Count++;
            }
            while (Another((byte)'}'));
            if (MalformedCode is not null)
            {
                return false;
            }
        }

        JudgeMembers(node, rules, members);
        if (!rules.IsNarrow)
        {
            _scratch.CloseSeen(members.SeenFirst);
        }

        if (!_verified)
        {
            _scratch.Names.Close(members.Opened);
        }

        return true;
    }

    /// <summary>Moves behind a comma to what is next (true), or behind the end (false, as for a fault).</summary>
    private bool Another(byte end)
    {
        SkipSpace();
        if ((uint)_position < (uint)_json.Length)
        {
            if (_json[_position] == (byte)',')
            {
                _position++;
                SkipSpace();
                return true;
            }

            if (_json[_position] == end)
            {
                _position++;
                return false;
            }
        }

        Unexpected($"',' or '{(char)end}'");
        return false;
    }

    private bool WalkMember(SchemaNode node, ObjectRules rules, ref MemberState members)
    {
        int nameStart = _position;
        if ((uint)nameStart >= (uint)_json.Length || _json[nameStart] != (byte)'"')
        {
            return Unexpected("a property name in quotes");
        }

        if (!ScanString(out bool escaped))
        {
            return false;
        }

        ReadOnlySpan<byte> name = Plain(_json[(nameStart + 1)..(_position - 1)], escaped);
        int index = rules.Names.Find(name, members.Guess);
        if (!(index >= 0 ? MarkSeen(rules, ref members, index) : AddUnknown(members, nameStart + 1, name, escaped)))
        {
            return Malformed(MalformationCodes.DuplicateKey, nameStart, "an object names a property twice");
        }

        members.Guess = index >= 0 ? index + 1 : members.Guess;
        SkipSpace();
        if ((uint)_position >= (uint)_json.Length || _json[_position] != (byte)':')
        {
            return Unexpected("':'");
        }

        _position++;
        SkipSpace();
        SchemaNode? declared = index >= 0 ? rules.Schemas[index] : null;
        if (rules.Patterns.Length > 0)
        {
            return WalkPatterned(node, rules, declared, nameStart);
        }

        return declared is not null ? WalkValue(declared) : WalkAdditional(node, rules);
    }

    private readonly bool MarkSeen(ObjectRules rules, ref MemberState members, int index)
    {
        if (!rules.IsNarrow)
        {
            return _scratch.MarkSeen(members.SeenFirst + index);
        }

        ulong before = members.Seen;
        members.Seen |= 1UL << index;
        return members.Seen != before;
    }

    private readonly bool AddUnknown(in MemberState members, int start, ReadOnlySpan<byte> name, bool escaped) =>
        _verified || _scratch.Names.Add(_json, members.Opened, members.Start, start, name, escaped);

    private bool WalkAdditional(SchemaNode node, ObjectRules rules)
    {
        if (!rules.Additional.IsNever)
        {
            return WalkValue(rules.Additional);
        }

        AdditionalPropertyFault(node);
        return WalkValue(SchemaNode.Anything);
    }

    /// <summary>A property may be judged by its own schema and by each pattern that its name matches.</summary>
    private bool WalkPatterned(SchemaNode node, ObjectRules rules, SchemaNode? declared, int nameStart)
    {
        int valueStart = _position;
        bool verified = _verified;
        bool matched = declared is not null;
        if (declared is not null && !WalkValue(declared))
        {
            return false;
        }

        int nameEnd = Text.VerifiedJson.StringEnd(_json, nameStart);
        foreach (PatternProperty pattern in rules.Patterns)
        {
            ReadOnlySpan<byte> content = _json[(nameStart + 1)..(nameEnd - 1)];
            if (!pattern.Pattern.IsMatch(Characters(Plain(content, content.Contains((byte)'\\')))))
            {
                continue;
            }

            _verified = verified || matched;
            _position = valueStart;
            matched = true;
            if (!WalkValue(pattern.Schema))
            {
                return false;
            }
        }

        _verified = verified;
        return matched || WalkAdditional(node, rules);
    }

    private void JudgeMembers(SchemaNode node, ObjectRules rules, in MemberState members)
    {
        if (!rules.IsNarrow || (members.Seen & rules.RequiredMask) != rules.RequiredMask)
        {
            foreach (int index in rules.RequiredIndexes)
            {
                bool seen = rules.IsNarrow
                    ? (members.Seen & (1UL << index)) != 0
                    : _scratch.IsSeen(members.SeenFirst + index);
                if (!seen)
                {
                    RequiredFault(node, members.Start, rules.Names.Text(index));
                }
            }
        }

        if (rules.HasCounts)
        {
            JudgeCount(node, new ValueToken(SchemaTypes.Object, members.Start, _position, false),
                members.Count, rules.CountMin, rules.CountMax);
        }
    }
}
