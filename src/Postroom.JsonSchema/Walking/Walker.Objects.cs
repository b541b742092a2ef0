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

        if (node.Lead is { } lead && !_verified && (node.Types & SchemaTypes.Object) != 0)
        {
            return WalkLead(node, lead, start);
        }

        SchemaNode judge = node;
        if ((node.Types & SchemaTypes.Object) == 0)
        {
            TypeFault(node, new ValueToken(SchemaTypes.Object, start, start, false));
            judge = SchemaNode.Anything;
        }

        if (IsDecided || !EnterContainer())
        {
            return false;
        }

        (bool tracking, SchemaNode? speaker) = (_tracking, _speaker);
        (_tracking, _speaker) = (false, null);
        ObjectRules rules = judge.Objects ?? ObjectRules.None;
        var members = new MemberState(start, _verified ? 0 : _scratch.Names.Open());
        members.SeenFirst = rules.IsNarrow ? 0 : _scratch.OpenSeen(rules.Names.Count);
        if (!WalkMembers(judge, rules, ref members))
        {
            return false;
        }

        _depth--;
        (_tracking, _speaker) = (tracking, speaker);
        if (!_verified)
        {
            _scratch.Names.Close(members.Opened);
        }

        if (!ReferenceEquals(judge, SchemaNode.Anything))
        {
            JudgeObject(judge, rules, members, _scratch.Applied.Count);
            Remember(judge, start, scoreBefore);
        }

        if (!rules.IsNarrow)
        {
            _scratch.CloseSeen(members.SeenFirst);
        }

        return true;
    }

    /// <summary>Walks the object for the lead of its schema, then gives it to the other schemas.</summary>
    private bool WalkLead(SchemaNode node, SchemaNode lead, int start)
    {
        int applied = _scratch.Applied.Count;
        (bool tracking, SchemaNode? speaker) = (_tracking, _speaker);
        _tracking |= node.Objects?.Unevaluated is not null;
        _speaker ??= node.Annotations.Messages is null ? null : node;
        bool walked = WalkObject(lead);
        (_tracking, _speaker) = (tracking, speaker);
        if (walked)
        {
            _led = node;
            JudgeObject(node, node.Objects ?? ObjectRules.None, new MemberState(start, 0), applied);
        }

        return walked;
    }

    private bool WalkMembers(SchemaNode node, ObjectRules rules, ref MemberState members)
    {
        _position++;
        SkipSpace();
        if ((uint)_position < (uint)_json.Length && _json[_position] == (byte)'}')
        {
            _position++;
            return true;
        }

        do
        {
            if (!WalkMember(node, rules, ref members) || IsDecided)
            {
                return false;
            }

            members.Count++;
        }
        while (Another((byte)'}'));
        return MalformedCode is null;
    }

    /// <summary>What is said of the object as a whole, once its members are walked.</summary>
    private void JudgeObject(SchemaNode node, ObjectRules rules, in MemberState members, int applied)
    {
        var token = new ValueToken(SchemaTypes.Object, members.Start, _position, false);
        JudgeMembers(node, rules, members, token);
        bool tracking = _tracking;
        _tracking |= rules.Unevaluated is not null;
        if (!IsDecided)
        {
            JudgeValue(node, token);
        }

        foreach (Dependent dependent in rules.Dependents)
        {
            if (!IsDecided && IsSeen(rules, members, dependent.Index))
            {
                JudgeDependent(node, rules, members, dependent, token);
            }
        }

        if (rules.Unevaluated is not null)
        {
            JudgeUnevaluatedProperties(node, rules, token, applied);
            Forget(applied);
        }

        _tracking = tracking;
        if (tracking && node.Objects is not null)
        {
            _scratch.Applied.Add(node);
        }
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

        int nameEnd = _position;
        ReadOnlySpan<byte> name = Plain(_json[(nameStart + 1)..(nameEnd - 1)], escaped);
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

        if (rules.PropertyNames is { } names)
        {
            JudgeName(names, new ValueToken(SchemaTypes.String, nameStart, nameEnd, escaped));
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

    private void JudgeName(SchemaNode schema, in ValueToken name)
    {
        if (Fits(schema, name))
        {
            return;
        }

        bool naming = _naming;
        _naming = true;
        Judge(schema, name);
        _naming = naming;
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

        PlainFault(node, _position, "additionalProperties", FaultCodes.AdditionalProperty);
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
            if (!pattern.Pattern.IsMatch(Plain(content, content.Contains((byte)'\\'))))
            {
                continue;
            }

            _verified = verified || matched;
            _position = valueStart;
            matched = true;
            if (IsDecided || !WalkValue(pattern.Schema))
            {
                return false;
            }
        }

        _verified = verified;
        return matched || WalkAdditional(node, rules);
    }

    private void JudgeMembers(SchemaNode node, ObjectRules rules, in MemberState members, in ValueToken token)
    {
        if (!rules.IsNarrow || (members.Seen & rules.RequiredMask) != rules.RequiredMask)
        {
            foreach (int index in rules.RequiredIndexes)
            {
                if (!IsSeen(rules, members, index))
                {
                    RequiredFault(node, members.Start, rules.Names.Text(index));
                }
            }
        }

        if (rules.HasCounts)
        {
            JudgeCount(node, token, members.Count, rules.CountMin, rules.CountMax);
        }
    }

    private void JudgeDependent(
        SchemaNode node, ObjectRules rules, in MemberState members, Dependent dependent, in ValueToken token)
    {
        foreach (int index in dependent.NeededIndexes)
        {
            if (!IsSeen(rules, members, index))
            {
                DependentFault(node, members.Start, dependent, rules.Names.Text(index));
            }
        }

        if (dependent.Schema is { } schema)
        {
            Judge(schema.Target, token);
        }
    }

    private readonly bool IsSeen(ObjectRules rules, in MemberState members, int index) => rules.IsNarrow
        ? (members.Seen & (1UL << index)) != 0
        : _scratch.IsSeen(members.SeenFirst + index);
}
