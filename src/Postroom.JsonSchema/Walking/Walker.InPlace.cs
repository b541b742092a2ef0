using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

internal ref partial struct Walker
{
    private void JudgeInPlace(SchemaNode node, InPlaceRules rules, in ValueToken token)
    {
        if (rules.Reference is { } reference)
        {
            Judge(reference, token);
        }

        foreach (SchemaNode branch in rules.AllOf)
        {
            Judge(branch, token);
        }

        if (rules.AnyOf.Length > 0)
        {
            JudgeAnyOf(node, rules.AnyOf, token);
        }

        if (rules.OneOf.Length > 0)
        {
            JudgeOneOf(node, rules.OneOf, token);
        }

        if (rules.Not is { } forbidden && Score(forbidden, token) == 0)
        {
            NotFault(node, token);
        }
    }

    private void JudgeAnyOf(SchemaNode node, SchemaNode[] branches, in ValueToken token)
    {
        long best = long.MaxValue;
        SchemaNode closest = branches[0];
        foreach (SchemaNode branch in branches)
        {
            long score = Score(branch, token);
            if (score == 0)
            {
                return;
            }

            (best, closest) = score < best ? (score, branch) : (best, closest);
        }

        NoBranchFits(node, "anyOf", FaultCodes.AnyOf, branches, closest, best, token);
    }

    private void JudgeOneOf(SchemaNode node, SchemaNode[] branches, in ValueToken token)
    {
        long best = long.MaxValue;
        SchemaNode closest = branches[0];
        int fitting = 0;
        foreach (SchemaNode branch in branches)
        {
            long score = Score(branch, token);
            fitting += score == 0 ? 1 : 0;
            (best, closest) = score < best ? (score, branch) : (best, closest);
        }

        if (fitting == 0)
        {
            NoBranchFits(node, "oneOf", FaultCodes.OneOf, branches, closest, best, token);
        }
        else if (fitting > 1)
        {
            SeveralFit(node, token, fitting);
        }
    }

    /// <summary>Notes the faults of the branch that came closest, or the types when no branch takes the type.</summary>
    private void NoBranchFits(
        SchemaNode node, string keyword, string code, SchemaNode[] branches, SchemaNode closest, long best,
        in ValueToken token)
    {
        if (!_reporting)
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
        branch = branch.Target;
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

    /// <summary>How far the value is from what the branch takes; 0 when it takes it. Notes nothing.</summary>
    private long Score(SchemaNode branch, in ValueToken token)
    {
        (long score, int depth, bool reporting) = (_score, _scoreDepth, _reporting);
        (_score, _scoreDepth, _reporting) = (0, _depth, false);
        Judge(branch, token);
        long result = _score;
        (_score, _scoreDepth, _reporting) = (score, depth, reporting);
        return result;
    }

    /// <summary>A wrong type or choice below the value that is compared is one fault among others.</summary>
    private readonly long Distance(long score) => _depth == _scoreDepth ? score : Math.Min(score, 1);

    /// <summary>True when the value was judged by the schema before; the walk is then behind the value.</summary>
    private bool TryRecall(SchemaNode node, int start)
    {
        if (!_scratch.Memo.TryGet(node.Id, start, out BranchMemo.Verdict verdict)
            || (_reporting && verdict.Score > 0 && !verdict.Reported))
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
            _scratch.Memo.Set(new BranchMemo.Verdict(node.Id, start, _position, _score - scoreBefore, _reporting));
        }
    }
}
