using Postroom.Expressions;
using Postroom.Expressions.Values;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources;

/// <summary>What a reader wants of a list, by the parameters of an address or of a body.</summary>
internal sealed class ListRequest
{
    private const int LimitMax = 1000;
    private const int LimitUnlessTold = 30;
    private const int SortsMax = 8;
    private const int ShownMax = 60;

    private static readonly string[] s_parameters =
        ["count", "cursor", "expand", "fields", "filter", "limit", "sort"];

    private ListRequest(RecordQuery query) => Query = query;

    public RecordQuery Query { get; private set; }

    public Expansion Expansion { get; private set; } = Expansion.None;

    /// <summary>Null for all.</summary>
    public FieldChoice? Fields { get; private set; }

    /// <summary>Whether all records that fit are to be counted.</summary>
    public bool Counts { get; private set; }

    /// <param name="plan">The resource.</param>
    /// <param name="owner">Whose records only; null for everybody's.</param>
    /// <param name="query">The parameters.</param>
    /// <param name="now">What <c>now</c> is in the filter.</param>
    /// <param name="request">What is wanted; null with a fault.</param>
    public static Fault? Read(
        EndpointPlan plan, string? owner, ReadQuery query, DateTimeOffset now, out ListRequest request)
    {
        var shape = plan.Resource!.Shape;
        request = new ListRequest(new RecordQuery
        {
            Table = plan.Resource.Table,
            Owner = owner,
            Variables = RecordVariables.Of(now),
            Shown = shape.Hidden.Count == 0 ? null : shape.Show,
        });
        return query.JudgeNames(s_parameters) ?? request.Read(plan, query);
    }

    private Fault? Read(EndpointPlan plan, ReadQuery query)
    {
        Expression? filter = null;
        RecordPlace? after = null;
        FieldChoice? fields = null;
        var expansion = Expansion.None;
        IReadOnlyList<RecordSort> sorts = [];
        var fault = query.Limit(LimitMax, LimitUnlessTold, out var limit)
            ?? Sort(plan.Resource!, query.Text("sort"), out sorts)
            ?? Filter(plan.Resource!, query.Text("filter"), out filter)
            ?? Count(query.Text("count"))
            ?? Expansion.Parse(plan, query.Text("expand"), out expansion)
            ?? FieldChoice.Parse(query.Text("fields"), out fields)
            ?? QueryCursor.Parse(query.Text("cursor"), plan.Resource!.Table, sorts, out after);
        Query = Query with { Limit = limit, Sorts = sorts, Filter = filter, After = after };
        (Expansion, Fields) = (expansion, fields);
        return fault;
    }

    private static Fault? Filter(ResourcePlan resource, string? text, out Expression? filter)
    {
        filter = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var result = Expression.CompileCondition(text, resource.Queries.Environment);
        filter = result.Expression;
        return result.Fault is { } fault
            ? new Fault(FaultCatalogue.QueryInvalid, $"`filter`: {fault}") { Limit = fault.Limit }
            : null;
    }

    private static Fault? Sort(ResourcePlan resource, string? text, out IReadOnlyList<RecordSort> sorts)
    {
        var found = new List<RecordSort>();
        sorts = found;
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var part in (text ?? "").Split(',', split))
        {
            var name = part.TrimStart('-');
            if (part.Length - name.Length > 1 || resource.Queries.ColumnOf(name) is not { } column)
            {
                var shown = name.Length <= ShownMax ? name : name[..ShownMax];
                return Invalid($"`sort`: a list cannot be sorted by `{shown}`."
                    + NearestName.Suggest(name, resource.Queries.Sortable)
                    + " Name short fields of one type, with `-` before one to begin with the greatest.");
            }

            if (found.Count == SortsMax || found.Exists(sort => sort.Column == column))
            {
                return Invalid($"`sort` takes at most {SortsMax} fields, each once.");
            }

            found.Add(new RecordSort(column, part.StartsWith('-')));
        }

        return null;
    }

    private Fault? Count(string? text)
    {
        Counts = text == "exact";
        return text is null or "" or "none" or "exact" ? null : Invalid("`count` is `none` or `exact`.");
    }

    private static Fault Invalid(string message) => new(FaultCatalogue.QueryInvalid, message);
}
