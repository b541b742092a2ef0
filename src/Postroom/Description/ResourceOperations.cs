using System.Text.Json.Nodes;
using Postroom.Endpoints.Resources;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Plans.Resources;

namespace Postroom.Description;

/// <summary>The operations of one resource.</summary>
internal sealed class ResourceOperations
{
    private static readonly ApiAnswer s_minimal =
        RecordAnswers.Silent("The same without the record, where that is preferred.");

    private readonly EndpointPlan _plan;
    private readonly ResourcePlan _resource;
    private readonly RecordSchemas _schemas;
    private readonly RecordAnswers _answers;
    private readonly JsonNode? _example;
    private readonly string _title;

    public ResourceOperations(EndpointPlan plan, ResourcePlan resource, ApiSchemas schemas)
    {
        var sample = SampleDocument.Of(plan.Schema);
        _plan = plan;
        _resource = resource;
        _schemas = new RecordSchemas(schemas, plan);
        _answers = new RecordAnswers(plan, _schemas, sample);
        _example = sample is null ? null : JsonNode.Parse(sample);
        _title = ApiNames.Title(plan);
    }

    /// <summary>Those for which somebody has the right: the others are answered with 405.</summary>
    public IEnumerable<ApiOperation> All()
    {
        var mayChange = Has(RecordAction.Update);
        ApiOperation?[] operations =
        [
            Has(RecordAction.List) ? List() : null,
            _resource.Table.HasChanges ? Changes() : null,
            Has(RecordAction.Create) ? Create() : null,
            Has(RecordAction.Read) ? Read() : null,
            mayChange || Has(RecordAction.Create) ? Replace() : null,
            mayChange ? Update() : null,
            Has(RecordAction.Delete) ? Delete() : null,
            mayChange && _resource.Hold is not null ? Confirm() : null,
        ];
        return operations.OfType<ApiOperation>();
    }

    private string RecordPath => _plan.Path + "/{" + RecordParameters.Id + "}";

    private bool Has(RecordAction action) => _resource.Access.Of(action) is not null;

    private ApiOperation List() => Reading("list", RecordAction.List, _plan.Path, ": a list", new()
    {
        Parameters = [.. RecordParameters.OfList(_plan)],
        Answers = [_answers.Page()],
    });

    private ApiOperation Changes()
    {
        var path = _plan.Path + ResourceEndpoint.Changes;
        var operation = Reading("changes", RecordAction.List, path, ": its changes", new()
        {
            Parameters = [RecordParameters.LastEventId, RecordParameters.After],
            Answers = [RecordAnswers.Changes()],
        });
        return operation with
        {
            Description = "Server-sent events for an `EventSource`: `created`, `updated`, `deleted`, and `reset` where "
                + "changes in between are no longer kept.",
            Refusals = [.. RecordRefusals.OfFollowing(_plan)],
        };
    }

    private ApiOperation Read()
    {
        IEnumerable<ApiParameter> expand = RecordParameters.Expand(_plan) is { } parameter ? [parameter] : [];
        return Reading("get", RecordAction.Read, RecordPath, ": one record", new()
        {
            Parameters = [RecordParameters.OfPath, .. expand, RecordParameters.IfNoneMatch],
            Answers = [_answers.Read(), RecordAnswers.Known()],
        });
    }

    private ApiOperation Create() => Changing("create", PostAction.Create, "post", ": create a record", new()
    {
        Description = _resource.Upsert is { } upsert
            ? "Where a record has the same " + string.Join(", ", upsert.Pointers.Select(pointer => $"`{pointer}`"))
                + ", that one is changed."
            : "",
        Body = new BodyContents(_plan, _schemas.Document, _example).All(),
        Answers = _resource.Upsert is null
            ? [_answers.Created()]
            : [_answers.Created(), _answers.Changed(), s_minimal],
    });

    private ApiOperation Replace() => Changing("put", PostAction.Replace, "put", ": create or replace", new()
    {
        Description = "The record at this address is this from now on, whether there was one or not.",
        Parameters = [RecordParameters.OfPath, RecordParameters.IfMatch, RecordParameters.IfAbsent],
        Body = new BodyContents(_plan, _schemas.Document, _example).All(),
        Answers = [.. Has(RecordAction.Create) ? [_answers.Created()] : Array.Empty<ApiAnswer>(),
            _answers.Changed(), s_minimal],
    });

    private ApiOperation Update() => Changing("patch", PostAction.Update, "patch", ": change fields", new()
    {
        Parameters = [RecordParameters.OfPath, RecordParameters.IfMatch],
        Body =
        [
            new(MediaTypeNames.MergePatch, _schemas.Patch()),
            new("application/json", _schemas.Patch()),
        ],
        Answers = [_answers.Changed(), s_minimal],
    });

    private ApiOperation Delete() => Changing("delete", PostAction.Delete, "delete", ": delete", new()
    {
        Parameters = [RecordParameters.OfPath, RecordParameters.IfMatch],
        Answers = [RecordAnswers.Deleted()],
    });


    private ApiOperation Confirm() => Changing("confirm", PostAction.Confirm, "post", ": confirm", new()
    {
        Path = RecordPath + ResourceEndpoint.Confirm,
        Description = "A record that is held for a while counts for good from now on.",
        Parameters = [RecordParameters.OfPath, RecordParameters.IfMatch],
        Answers = [_answers.Changed(), s_minimal],
    });

    private ApiOperation Reading(string verb, RecordAction action, string path, string summary, Parts parts) => new()
    {
        Plan = _plan,
        Method = "get",
        Path = path,
        Id = verb + ApiNames.OfPath(_plan.Path),
        Summary = _title + summary,
        Parameters = parts.Parameters,
        Answers = parts.Answers,
        Refusals = [.. RecordRefusals.OfReading(_plan, action)],
        Access = Access(action),
    };

    private ApiOperation Changing(string verb, PostAction action, string method, string summary, Parts parts) => new()
    {
        Plan = _plan,
        Method = method,
        Path = parts.Path ?? (action == PostAction.Create ? _plan.Path : RecordPath),
        Id = verb + ApiNames.OfPath(_plan.Path),
        Summary = _title + summary,
        Description = parts.Description,
        Parameters = [.. parts.Parameters, .. KeyParameters.Of(_plan, action)],
        Body = parts.Body,
        Answers = parts.Answers,
        Refusals = [.. RecordRefusals.OfChange(_plan, action)],
        Access = action switch
        {
            PostAction.Create => Access(RecordAction.Create),
            PostAction.Delete => Access(RecordAction.Delete),
            PostAction.Replace when !Has(RecordAction.Update) => Access(RecordAction.Create),
            _ => Access(RecordAction.Update),
        },
    };

    private string Access(RecordAction action)
    {
        var declared = _plan.Declaration.Resource.Access;
        return action switch
        {
            RecordAction.Create => declared.Create,
            RecordAction.Read => declared.Read,
            RecordAction.List => declared.List,
            RecordAction.Update => declared.Update,
            _ => declared.Delete,
        }
        ?? "public";
    }

    /// <summary>What one operation has that others have not.</summary>
    private sealed record Parts
    {
        /// <summary>Null for the address of the resource or of a record.</summary>
        public string? Path { get; init; }

        public string Description { get; init; } = "";

        public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

        public IReadOnlyList<ApiContent> Body { get; init; } = [];

        public IReadOnlyList<ApiAnswer> Answers { get; init; } = [];
    }
}
