using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Endpoints.Resources;

/// <summary>The methods that an address of a resource knows: those for which somebody has the right.</summary>
internal sealed class ResourceMethods
{
    private readonly string[] _changes;
    private readonly PostAction _posts;
    private readonly string? _asks;

    private ResourceMethods(
        bool reads, string[] changes, PostAction posts = PostAction.Create, string? asks = null)
    {
        _posts = posts;
        _asks = asks;
        Reads = reads;
        _changes = changes;
        Allow = string.Join(", ", [.. reads ? ["GET", "HEAD"] : Array.Empty<string>(), "OPTIONS", .. changes,
            .. asks is null ? Array.Empty<string>() : [asks]]);
    }

    /// <summary>Whether GET and HEAD are among them.</summary>
    public bool Reads { get; }

    /// <summary>All of them, as <c>Allow</c> lists them (RFC 9110 §10.2.1).</summary>
    public string Allow { get; }

    public static ResourceMethods Of(ResourcePlan resource, bool isRecord)
    {
        bool Has(RecordAction action) => resource.Access.Of(action) is not null;
        return isRecord
            ? new(Has(RecordAction.Read),
            [
                .. Has(RecordAction.Delete) ? ["DELETE"] : Array.Empty<string>(),
                .. Has(RecordAction.Update) ? ["PATCH"] : Array.Empty<string>(),
                .. Has(RecordAction.Update) || Has(RecordAction.Create) ? ["PUT"] : Array.Empty<string>(),
            ])
            : new(
                Has(RecordAction.List),
                Has(RecordAction.Create) ? ["POST"] : [],
                asks: Has(RecordAction.List) ? "QUERY" : null);
    }

    /// <summary>Those of the address that takes lists.</summary>
    public static ResourceMethods OfBatch { get; } = new(false, ["POST"]);

    /// <summary>Those of the address that takes queries.</summary>
    public static ResourceMethods OfQuery(ResourcePlan resource) =>
        new(false, [], asks: resource.Access.Of(RecordAction.List) is null ? null : "POST");

    /// <summary>Those of the address that confirms a record.</summary>
    public static ResourceMethods OfConfirmation(ResourcePlan resource) =>
        new(false, resource.Access.Of(RecordAction.Update) is null ? [] : ["POST"], PostAction.Confirm);

    /// <summary>Whether the method asks by its body for records.</summary>
    public bool Asks(string method) => method == _asks;

    /// <summary>Those of the address where changes are followed: it tells what lists and reads show.</summary>
    public static ResourceMethods OfChanges(ResourcePlan resource) => new(
        resource.Access.Of(RecordAction.List) is not null && resource.Access.Of(RecordAction.Read) is not null, []);

    /// <summary>What a method does; null where it changes nothing or is not known.</summary>
    public PostAction? ActionOf(string method) => !_changes.Contains(method) ? null : method switch
    {
        // RFC 9110 §9.1: a method is case-sensitive.
        "POST" => _posts,
        "PUT" => PostAction.Replace,
        "PATCH" => PostAction.Update,
        _ => PostAction.Delete,
    };
}
