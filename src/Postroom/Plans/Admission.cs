using System.Text.Json;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>What an endpoint has to give once only: values that are unique, and places of its quota.</summary>
internal sealed class Admission
{
    private readonly string _path;
    private readonly UniqueRule[] _rules;
    private readonly QuotaRule? _quota;

    private Admission(EndpointDeclaration endpoint, SchemaView schema)
    {
        _path = endpoint.Path;
        _rules = [.. endpoint.Unique.Select(rule => new UniqueRule(rule, schema))];
        _quota = endpoint.Quota is { } quota ? new(quota, _path, endpoint.Respond.Closed) : null;
    }

    /// <summary>Null for an endpoint that takes whatever comes.</summary>
    public static Admission? Of(EndpointDeclaration endpoint, SchemaView schema) =>
        endpoint is { Unique.Count: 0, Quota: null } ? null : new(endpoint, schema);

    /// <summary>What an entry that is accepted needs and takes.</summary>
    public AdmissionTerms Terms(ReadOnlyMemory<byte> document, EntryId entry, long at)
    {
        var claims = Claims(document, entry);
        return _quota is null
            ? new([.. claims.Select(claim => claim.Guard)], claims)
            : new([.. claims.Select(claim => claim.Guard), _quota.Guard(at)], [.. claims, _quota.Count(at)]);
    }

    /// <summary>The values that an entry claims; none where a field has no value.</summary>
    public IReadOnlyList<ClaimValue> Claims(ReadOnlyMemory<byte> document, EntryId entry)
    {
        if (_rules.Length == 0)
        {
            return [];
        }

        using var json = JsonDocument.Parse(document);
        var claims = new List<ClaimValue>(_rules.Length);
        foreach (var rule in _rules)
        {
            if (rule.Digest(json.RootElement) is { } digest)
            {
                claims.Add(new(_path, rule.Name, digest, entry));
            }
        }

        return claims;
    }

    /// <summary>The write that counts a held entry at its release: its owner's word is above the quota.</summary>
    public CountEntry? CountReleased(long at) => _quota?.Count(at);

    /// <summary>Null while there is room for an entry.</summary>
    public Fault? JudgeQuota(IPostStore store, long at)
    {
        if (_quota is null)
        {
            return null;
        }

        using var reader = store.Read();
        return _quota.Judge(reader, at);
    }

    /// <summary>What is said when one of the guards did not hold; null for a guard of others.</summary>
    public Fault? Refusal(Guard? guard, long at) => guard switch
    {
        CountBelow => _quota?.Reached(at),
        ValueFree taken => Duplicate(_rules.First(rule => rule.Name == taken.Rule)),
        _ => null,
    };

    private static Fault Duplicate(UniqueRule rule)
    {
        var message = rule.Pointers.Count == 1
            ? "has been received before; it is taken once"
            : "has been received before together with the others; they are taken once";
        return new(FaultCatalogue.Duplicate,
            "This has been received before, and is taken once only. Nothing was stored.")
        {
            Errors =
            [
                .. rule.Pointers.Select(pointer => new FieldFault(pointer, FaultCatalogue.Duplicate.Code, message)),
            ],
        };
    }
}
