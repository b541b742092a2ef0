using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

// Every method scores; only a reporting walk pays for words.
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
            Note(token.Start, node, "", FaultCodes.NotAllowed, "is not allowed");
            return;
        }

        string found = FaultWords.Describe(token.Type, _json[token.Start..]);
        Note(token.Start, node, "type", FaultCodes.Type, $"must be {FaultWords.List(node.Types)}; it is {found}");
    }

    private void ChoiceFault(SchemaNode node, in ValueToken token, string keyword, string code, ValueSet allowed)
    {
        AddScore(_depth <= _scoreDepth + 1 ? WrongChoice : 1);
        if (Reports)
        {
            string one = allowed.Values.Count == 1 ? "must be " : "must be one of ";
            Note(token.Start, node, keyword, code, one + allowed.Describe());
        }
    }

    private void TooShort(SchemaNode node, in ValueToken token, long limit, long actual) =>
        CountFault(node, token, "minLength", FaultCodes.TooShort, "must be at least", "character", limit, actual);

    private void TooLong(SchemaNode node, in ValueToken token, long limit, long actual) =>
        CountFault(node, token, "maxLength", FaultCodes.TooLong, "must be at most", "character", limit, actual);

    private void JudgeCount(SchemaNode node, in ValueToken token, long count, long min, long max)
    {
        bool isArray = token.Type == SchemaTypes.Array;
        string unit = isArray ? "item" : "property";
        if (count < min)
        {
            string code = isArray ? FaultCodes.TooFewItems : FaultCodes.TooFewProperties;
            string keyword = isArray ? "minItems" : "minProperties";
            CountFault(node, token, keyword, code, "must have at least", unit, min, count);
        }
        else if (count > max)
        {
            string code = isArray ? FaultCodes.TooManyItems : FaultCodes.TooManyProperties;
            string keyword = isArray ? "maxItems" : "maxProperties";
            CountFault(node, token, keyword, code, "must have at most", unit, max, count);
        }
    }

    private void CountFault(
        SchemaNode node, in ValueToken token, string keyword, string code, string rule, string unit, long limit,
        long actual)
    {
        AddScore(1);
        if (Reports)
        {
            string units = limit == 1 ? unit : unit == "property" ? "properties" : unit + "s";
            Note(token.Start, node, keyword, code, string.Create(
                CultureInfo.InvariantCulture, $"{rule} {limit} {units}; it has {actual}"));
        }
    }

    private void BoundFault(
        SchemaNode node, in ValueToken token, string keyword, string code, string relation, NumberBound bound)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, keyword, code, $"must be {relation} {bound}; it is {FaultWords.Cut(Raw(token))}");
        }
    }

    private void MultipleFault(SchemaNode node, in ValueToken token, MultipleRule rule)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "multipleOf", FaultCodes.NotMultiple,
                $"must be a multiple of {rule.Text}; it is {FaultWords.Cut(Raw(token))}");
        }
    }

    private void FormatFault(SchemaNode node, in ValueToken token, StringFormat format)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "format", format.Code, $"must be {format.Description}");
        }
    }

    private void PatternFault(SchemaNode node, in ValueToken token, string pattern)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "pattern", FaultCodes.Pattern, $"must match the pattern {pattern}");
        }
    }

    private void RequiredFault(SchemaNode node, int start, string name)
    {
        AddScore(1);
        if (Reports)
        {
            Note(start, node, "required", FaultCodes.Required, "is required", name);
        }
    }

    private void AdditionalPropertyFault(SchemaNode node)
    {
        AddScore(1);
        if (Reports)
        {
            Note(_position, node, "additionalProperties", FaultCodes.AdditionalProperty, "is not a known property");
        }
    }

    private void AdditionalItemFault(SchemaNode node, string keyword, int allowed)
    {
        AddScore(1);
        if (Reports)
        {
            Note(_position, node, keyword, FaultCodes.AdditionalItem, string.Create(
                CultureInfo.InvariantCulture, $"is not allowed; the array has at most {allowed} items"));
        }
    }

    private void DuplicateItemFault(SchemaNode node, int offset)
    {
        AddScore(1);
        if (Reports)
        {
            Note(offset, node, "uniqueItems", FaultCodes.DuplicateItem, "must differ from every other item");
        }
    }

    private void UnevaluatedFault(SchemaNode node, in ValueToken token, bool isItem)
    {
        AddScore(1);
        if (Reports)
        {
            string keyword = isItem ? "unevaluatedItems" : "unevaluatedProperties";
            string code = isItem ? FaultCodes.UnevaluatedItem : FaultCodes.UnevaluatedProperty;
            Note(token.Start, node, keyword, code, isItem ? "is not a known item" : "is not a known property");
        }
    }

    private void ContainsFault(SchemaNode node, in ValueToken token, ArrayRules rules, long count)
    {
        AddScore(1);
        if (!Reports)
        {
            return;
        }

        bool isFew = count < rules.ContainsMin;
        long limit = isFew ? rules.ContainsMin : rules.ContainsMax;
        string keyword = !isFew ? "maxContains" : limit == 1 ? "contains" : "minContains";
        string code = isFew ? FaultCodes.TooFewMatches : FaultCodes.TooManyMatches;
        Note(token.Start, node, keyword, code, string.Create(CultureInfo.InvariantCulture,
            $"must have at {(isFew ? "least" : "most")} {limit} item{(limit == 1 ? "" : "s")} that fit{
            (limit == 1 ? "s" : "")} what the list must contain; it has {count}"));
    }

    private void DependentFault(SchemaNode node, int start, Dependent dependent, string missing)
    {
        AddScore(1);
        if (Reports)
        {
            Note(start, node, dependent.Keyword, FaultCodes.Required,
                $"is required when \"{dependent.Name}\" is there", missing);
        }
    }

    private void NotFault(SchemaNode node, in ValueToken token)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "not", FaultCodes.Not, "is of a kind that is not allowed here");
        }
    }

    private void SeveralFit(SchemaNode node, in ValueToken token, int fitting)
    {
        AddScore(1);
        if (Reports)
        {
            Note(token.Start, node, "oneOf", FaultCodes.OneOf, string.Create(
                CultureInfo.InvariantCulture, $"must fit exactly one of the alternatives; it fits {fitting}"));
        }
    }

    private void NoBranchType(SchemaNode node, string keyword, string code, SchemaNode[] branches, in ValueToken token)
    {
        AddScore(WrongType);
        if (!Reports)
        {
            return;
        }

        SchemaTypes types = branches.Aggregate(SchemaTypes.None, (all, branch) => all | branch.Target.Types);
        string message = (types & token.Type) != 0 || types == SchemaTypes.None
            ? "fits none of the alternatives"
            : $"must be {FaultWords.List(types)}; it is {FaultWords.Describe(token.Type, Raw(token))}";
        Note(token.Start, node, keyword, code, message);
    }

    /// <summary>Saturates, so that no document brings the score back to 0.</summary>
    private void AddScore(long score) => _score = Math.Min(_score + score, long.MaxValue / 2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Note(
        int offset, SchemaNode node, string keyword, string code, string message, string? missing = null)
    {
        var fault = _naming
            ? new PendingFault(offset, missing, node, keyword, FaultCodes.PropertyName,
                "has a name that is not allowed: " + message)
            : new PendingFault(offset, missing, node, keyword, code, message);
        if (!_scratch.Faults.Exists(other => other.IsSameAs(fault)))
        {
            _scratch.Faults.Add(fault);
        }
    }
}
