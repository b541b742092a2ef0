using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

// What other schemas say of a value that was walked already.
internal ref partial struct Walker
{
    private void JudgeInPlace(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        SchemaNode? speaker = _speaker;
        _speaker = speaker is null && node.Annotations.Messages is not null ? node : speaker;
        JudgeTogether(node, rules, token);
        _speaker = speaker;
    }

    private void JudgeTogether(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        SchemaNode? lead = ReferenceEquals(_led, node) ? node.Lead : null;
        _led = null;
        if (rules.Reference is { } reference && !ReferenceEquals(reference, lead))
        {
            Judge(reference, token);
        }

        if (rules.DynamicReference is { } dynamic && !IsDecided && !ReferenceEquals(dynamic, lead))
        {
            Judge(dynamic, token);
        }

        for (int index = 0; index < rules.AllOf.Length && !IsDecided; index++)
        {
            if (!ReferenceEquals(rules.AllOf[index], lead))
            {
                Judge(rules.AllOf[index], token);
            }
        }

        if (rules.HasConditions && !IsDecided)
        {
            JudgeConditions(node, rules, token);
        }
    }

    private void JudgeConditions(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        if (rules.AnyOf.Length > 0)
        {
            JudgeAnyOf(node, rules, token);
        }

        if (rules.OneOf.Length > 0 && !IsDecided)
        {
            JudgeOneOf(node, rules, token);
        }

        if (rules.Not is { } forbidden && !IsDecided)
        {
            // What a forbidden schema evaluates counts nothing.
            int applied = _scratch.Applied.Count;
            if (Fits(forbidden, token))
            {
                PlainFault(node, token.Start, "not", FaultCodes.Not);
            }

            Forget(applied);
        }

        if (rules.If is { } condition && !IsDecided)
        {
            SchemaNode? follows = Fits(condition, token) ? rules.Then : rules.Else;
            if (follows is not null)
            {
                Judge(follows, token);
            }
        }
    }

    private void JudgeAnyOf(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        // JSON Schema Core, section 10.2.1.2: where annotations are collected, every branch must be looked at.
        if (CountFitting(rules.AnyOf, rules.AnyOfChoice, token, _tracking ? int.MaxValue : 1) == 0)
        {
            NoBranchFits(node, "anyOf", FaultCodes.AnyOf, rules.AnyOf, token);
        }
    }

    private void JudgeOneOf(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        int fitting = CountFitting(rules.OneOf, rules.OneOfChoice, token, int.MaxValue);
        if (fitting == 0)
        {
            NoBranchFits(node, "oneOf", FaultCodes.OneOf, rules.OneOf, token);
        }
        else if (fitting > 1)
        {
            SeveralFit(node, token, fitting);
        }
    }

    /// <summary>How many branches fit, up to a number.</summary>
    private int CountFitting(SchemaNode[] branches, BranchChoice? choice, in ValueToken token, int most)
    {
        int only = choice is null || token.Type != SchemaTypes.Object
            ? BranchChoice.Open
            : choice.Choose(Raw(token));
        if (only != BranchChoice.Open)
        {
            return only != BranchChoice.None && Fits(branches[only], token) ? 1 : 0;
        }

        int fitting = 0;
        for (int index = 0; index < branches.Length && fitting < most; index++)
        {
            fitting += Fits(branches[index], token) ? 1 : 0;
        }

        return fitting;
    }

    /// <summary>Notes the faults of the branch that came closest, or the types when no branch takes the type.</summary>
    private void NoBranchFits(
        SchemaNode node, string keyword, string code, SchemaNode[] branches, in ValueToken token)
    {
        if (_purpose == WalkPurpose.Verdict)
        {
            AddScore(1);
            return;
        }

        long best = long.MaxValue;
        SchemaNode closest = branches[0];
        foreach (SchemaNode branch in branches)
        {
            long score = Score(branch, token);
            (best, closest) = score < best ? (score, branch) : (best, closest);
        }

        if (_purpose == WalkPurpose.Score)
        {
            AddScore(Distance(best));
        }
        else if (best >= WrongType)
        {
            NoBranchType(node, keyword, code, branches, token);
        }
        else
        {
            Judge(closest, token);
        }
    }

    /// <summary>Judges a value that was walked already by one more schema, in the present mode.</summary>
    private void Judge(SchemaNode branch, in ValueToken token)
    {
        switch (token.Type)
        {
            case SchemaTypes.String:
                JudgeString(branch, token);
                break;
            case SchemaTypes.Number:
                JudgeNumber(branch, token);
                break;
            case SchemaTypes.Object or SchemaTypes.Array:
                JudgeAgain(branch, token);
                break;
            default:
                JudgeLiteral(branch, token);
                break;
        }
    }

    private void JudgeAgain(SchemaNode branch, in ValueToken token)
    {
        if (branch.IsAnything || MalformedCode is not null)
        {
            return;
        }

        // Schemas for the same value nest without going deeper into the document.
        if (!HasStack())
        {
            TooDeep();
            return;
        }

        bool verified = _verified;
        _verified = true;
        _position = token.Start;
        WalkValue(branch);
        _verified = verified;
        _position = token.End;
    }

    /// <summary>Whether the branch takes the value. Notes nothing; what the branch evaluates is kept when it fits.
    /// </summary>
    private bool Fits(SchemaNode branch, in ValueToken token)
    {
        (long score, int depth, WalkPurpose purpose, bool tracking) = (_score, _depth, _purpose, _tracking);
        SchemaNode? speaker = _speaker;
        (int applied, int seen) = (_scratch.Applied.Count, _scratch.SeenWords);
        (_score, _purpose) = (0, WalkPurpose.Verdict);
        Judge(branch, token);
        bool fits = _score == 0;

        // A walk that stopped in the middle leaves these where they were.
        (_score, _depth, _purpose, _tracking) = (score, depth, purpose, tracking);
        _scratch.SeenWords = seen;
        _speaker = speaker;
        if (!fits)
        {
            Forget(applied);
        }

        return fits;
    }

    /// <summary>How far the value is from what the branch takes; 0 when it takes it. Notes nothing.</summary>
    private long Score(SchemaNode branch, in ValueToken token)
    {
        (long score, int depth, WalkPurpose purpose, bool tracking) = (_score, _scoreDepth, _purpose, _tracking);
        (_score, _scoreDepth, _purpose, _tracking) = (0, _depth, WalkPurpose.Score, false);
        Judge(branch, token);
        long result = _score;
        (_score, _scoreDepth, _purpose, _tracking) = (score, depth, purpose, tracking);
        return result;
    }

    /// <summary>A wrong type or choice below the value that is compared is one fault among others.</summary>
    private readonly long Distance(long score) => _depth == _scoreDepth ? score : Math.Min(score, 1);

    /// <summary>True when the value was judged by the schema before; the walk is then behind the value.</summary>
    private bool TryRecall(SchemaNode node, int start)
    {
        // The verdict alone does not say what was evaluated.
        if (!_scratch.Memo.TryGet(node.Id, start, out BranchMemo.Verdict verdict)
            || (verdict.Score > 0 ? verdict.Purpose < _purpose : _tracking))
        {
            return false;
        }

        AddScore(Distance(verdict.Score));
        _position = verdict.End;
        return true;
    }

    private readonly void Remember(SchemaNode node, int start, long scoreBefore)
    {
        if (_verified && node.IsBranching)
        {
            _scratch.Memo.Set(new BranchMemo.Verdict(node.Id, start, _position, _score - scoreBefore, _purpose));
        }
    }

    private readonly void Forget(int applied) =>
        _scratch.Applied.RemoveRange(applied, _scratch.Applied.Count - applied);

    /// <summary>What a value that was walked before is.</summary>
    private readonly ValueToken TokenAt(int start, int end)
    {
        ReadOnlySpan<byte> text = _json[start..end];
        return text[0] switch
        {
            (byte)'"' => new ValueToken(SchemaTypes.String, start, end, text.Contains((byte)'\\')),
            (byte)'{' => new ValueToken(SchemaTypes.Object, start, end, false),
            (byte)'[' => new ValueToken(SchemaTypes.Array, start, end, false),
            (byte)'t' or (byte)'f' => new ValueToken(SchemaTypes.Boolean, start, end, false),
            (byte)'n' => new ValueToken(SchemaTypes.Null, start, end, false),
            _ => new ValueToken(
                SchemaTypes.Number, start, end, text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0),
        };
    }
}
