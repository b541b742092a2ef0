using System.Globalization;
using System.Runtime.CompilerServices;
using Postroom.JsonSchema.Faults;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

// Every method scores; only a walk for faults pays for what is said.
internal ref partial struct Walker
{
    /// <summary>A branch for another type is the farthest, then one whose enum or const differs at the value itself
    /// or a property of it: that is how alternatives are told apart.</summary>
    private const long WrongType = 1L << 40;
    private const long WrongChoice = 1L << 20;

    /// <summary>Faults beyond the limit are scored only.</summary>
    private readonly bool Reports => _purpose == WalkPurpose.Faults && _scratch.Faults.Count < _faultsMax;

    private void TypeFault(SchemaNode node, in ValueToken token)
    {
        AddScore(_depth == _scoreDepth ? WrongType : 1);
        if (!Reports)
        {
            return;
        }

        if (node.IsNever)
        {
            Note(token.Start, node, "", FaultCodes.NotAllowed, new FaultText(FaultCodes.NotAllowed));
            return;
        }

        Note(token.Start, node, "type", FaultCodes.Type, Found(token) with { Allowed = node.Types });
    }

    /// <summary>What a value is; of an array or object the beginning is enough.</summary>
    private readonly FaultText Found(in ValueToken token) => new(FaultCodes.Type)
    {
        Found = token.Type,
        Actual = token.Type switch
        {
            SchemaTypes.Number => FaultWords.Cut(Raw(token)),
            SchemaTypes.Boolean => _json[token.Start] == (byte)'t' ? "true" : "false",
            _ => null,
        },
    };

    private void ChoiceFault(SchemaNode node, in ValueToken token, string keyword, string code, ValueSet allowed)
    {
        AddScore(_depth <= _scoreDepth + 1 ? WrongChoice : 1);
        if (Reports)
        {
            string key = allowed.Values.Count == 1 && code == FaultCodes.Enum ? "enum.one" : code;
            Note(token.Start, node, keyword, code, new FaultText(key) { Choices = allowed });
        }
    }

    private void JudgeCount(SchemaNode node, in ValueToken token, long count, long min, long max)
    {
        bool isArray = token.Type == SchemaTypes.Array;
        if (count < min)
        {
            string code = isArray ? FaultCodes.TooFewItems : FaultCodes.TooFewProperties;
            CountFault(node, token, isArray ? "minItems" : "minProperties", code, min, count);
        }
        else if (count > max)
        {
            string code = isArray ? FaultCodes.TooManyItems : FaultCodes.TooManyProperties;
            CountFault(node, token, isArray ? "maxItems" : "maxProperties", code, max, count);
        }
    }

    private void CountFault(
        SchemaNode node, in ValueToken token, string keyword, string code, long limit, long actual)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, keyword, code, new FaultText(limit == 1 ? code + ".one" : code)
            {
                Limit = limit.ToString(CultureInfo.InvariantCulture),
                Actual = actual.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private void BoundFault(
        SchemaNode node, in ValueToken token, string keyword, string code, string key, NumberBound bound)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, keyword, code,
                new FaultText(key) { Limit = bound.ToString(), Actual = FaultWords.Cut(Raw(token)) });
        }
    }

    private void MultipleFault(SchemaNode node, in ValueToken token, MultipleRule rule)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "multipleOf", FaultCodes.NotMultiple,
                new FaultText(FaultCodes.NotMultiple) { Limit = rule.Text, Actual = FaultWords.Cut(Raw(token)) });
        }
    }

    private void PatternFault(SchemaNode node, in ValueToken token, string pattern)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "pattern", FaultCodes.Pattern,
                new FaultText(FaultCodes.Pattern) { Limit = pattern });
        }
    }

    private void RequiredFault(SchemaNode node, int start, string name)
    {
        AddScore(1);
        if (Reports)
        {
            Note(start, node, "required", FaultCodes.Required, new FaultText(FaultCodes.Required), name);
        }
    }

    private void DependentFault(SchemaNode node, int start, Dependent dependent, string missing)
    {
        AddScore(1);
        if (Reports)
        {
            Note(start, node, dependent.Keyword, FaultCodes.Required,
                new FaultText("required.with") { Limit = dependent.Name }, missing);
        }
    }

    private void AdditionalItemFault(SchemaNode node, string keyword, int allowed)
    {
        AddScore(1);
        if (Reports)
        {
            Note(_position, node, keyword, FaultCodes.AdditionalItem, new FaultText(FaultCodes.AdditionalItem)
            {
                Limit = allowed.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private void ContainsFault(SchemaNode node, in ValueToken token, ArrayRules rules, long count)
    {
        bool isFew = count < rules.ContainsMin;
        long limit = isFew ? rules.ContainsMin : rules.ContainsMax;
        string keyword = !isFew ? "maxContains" : limit == 1 ? "contains" : "minContains";
        string code = isFew ? FaultCodes.TooFewMatches : FaultCodes.TooManyMatches;
        CountFault(node, token, keyword, code, limit, count);
    }

    private void SeveralFit(SchemaNode node, in ValueToken token, int fitting)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "oneOf", FaultCodes.OneOf, new FaultText("one-of.several")
            {
                Actual = fitting.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private void NoBranchType(SchemaNode node, string keyword, string code, SchemaNode[] branches, in ValueToken token)
    {
        AddScore(WrongType);
        if (Reports)
        {
            SchemaTypes types = branches.Aggregate(SchemaTypes.None, (all, branch) => all | branch.Types);
            bool isOfOther = (types & token.Type) == 0 && types != SchemaTypes.None;
            Note(token.Start, node, keyword, code, isOfOther ? Found(token) with { Allowed = types } : new(code));
        }
    }

    /// <summary>For a fault that has nothing to tell but that it is one.</summary>
    private void PlainFault(SchemaNode node, int offset, string keyword, string code)
    {
        AddScore(1);
        if (Reports)
        {
            Note(offset, node, keyword, code, new FaultText(code));
        }
    }

    /// <summary>Saturates, so that no document brings the score back to 0.</summary>
    private void AddScore(long score) => _score = Math.Min(_score + score, long.MaxValue / 2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Note(
        int offset, SchemaNode node, string keyword, string code, in FaultText text, string? missing = null)
    {
        var fault = new PendingFault(offset, missing, node, keyword, _naming ? FaultCodes.PropertyName : code, text)
        {
            Speaker = _speaker ?? node, IsName = _naming,
        };
        if (!_scratch.Faults.Exists(other => other.IsSameAs(fault)))
        {
            _scratch.Faults.Add(fault);
        }
    }
}
