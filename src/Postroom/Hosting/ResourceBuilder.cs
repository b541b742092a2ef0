using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Hosting;

/// <summary>A resource mapped in code. What it says counts from the start of the host on.</summary>
public sealed class ResourceBuilder<T> : IEndpointConventionBuilder
    where T : class
{
    private readonly CodeForm _form;
    private readonly JsonTypeInfo<T> _type;

    internal ResourceBuilder(CodeForm form, JsonTypeInfo<T> type)
    {
        _form = form;
        _type = type;
        Declare(declaration => declaration with
        {
            Kind = EndpointKind.Resource,
            Schema = TypeSchema.From(type, takesNull: false),
        });
    }

    /// <summary>Takes this JSON Schema (2020-12) in place of the one made from the type.</summary>
    /// <param name="json">The schema.</param>
    /// <param name="options">
    /// How it is compiled, and where its references lead; <see cref="SchemaOptions.AssertingFormats"/> unless told.
    /// </param>
    public ResourceBuilder<T> Schema(string json, SchemaOptions? options = null) =>
        Declare(declaration => declaration with
        {
            Schema = Encoding.UTF8.GetBytes(json),
            SchemaOptions = options ?? SchemaOptions.AssertingFormats,
        });

    /// <summary>
    /// Sets who may do what: <c>public</c>, <c>authenticated</c>, <c>owner</c>, <c>role:x</c> or <c>scope:y</c> for
    /// each action. An action without a rule is nobody's, and without any rule the host does not start.
    /// </summary>
    public ResourceBuilder<T> Access(
        string? create = null, string? read = null, string? list = null, string? update = null,
        string? delete = null) => Resource(resource => resource with
        {
            Access = new AccessDeclaration
            {
                Create = create, Read = read, List = list, Update = update, Delete = delete,
            },
        });

    /// <summary>
    /// Lets no two records share a value: <c>Unique(user => user.Email)</c>. The second gets 409 <c>duplicate</c> with
    /// the first one's id. Several fields are one combination; call it again for another rule. E-mail addresses fold
    /// the case of A to Z.
    /// </summary>
    /// <exception cref="ArgumentException">What is selected is no property of the JSON contract.</exception>
    public ResourceBuilder<T> Unique(
        Expression<Func<T, object?>> field, params IReadOnlyList<Expression<Func<T, object?>>> more) =>
        Declare(declaration => declaration with
        {
            Unique = [.. declaration.Unique, new([.. Pointers(field, more).Select(at => new UniqueField(at))])],
        });

    /// <summary>
    /// Lets a POST whose values in these fields, which are unique, are those of a record take that record's place.
    /// </summary>
    /// <exception cref="ArgumentException">What is selected is no property of the JSON contract.</exception>
    public ResourceBuilder<T> Upsert(
        Expression<Func<T, object?>> field, params IReadOnlyList<Expression<Func<T, object?>>> more) =>
        Resource(resource => resource with { Upsert = Pointers(field, more) });

    /// <summary>Makes an index over a field, or over several in their order.</summary>
    /// <exception cref="ArgumentException">What is selected is no property of the JSON contract.</exception>
    public ResourceBuilder<T> Index(
        Expression<Func<T, object?>> field, params IReadOnlyList<Expression<Func<T, object?>>> more) =>
        Resource(resource => resource with { Indexes = [.. resource.Indexes, Pointers(field, more)] });

    /// <summary>Refuses changes without <c>If-Match</c> with 428.</summary>
    public ResourceBuilder<T> RequireIfMatch() =>
        Resource(resource => resource with { RequiresIfMatch = true });

    /// <summary>Changes everything else that can be declared of an endpoint.</summary>
    public ResourceBuilder<T> Declare(Func<EndpointDeclaration, EndpointDeclaration> change)
    {
        _form.Declaration = change(_form.Declaration);
        return this;
    }

    /// <summary>
    /// Runs inside the commit of each POST, PUT and PATCH that is accepted, with the record as it will be: reads become
    /// guards, writes are committed with it. It may run again, so it has no effect outside.
    /// <see cref="IPostUnit.Action"/> says which it is.
    /// </summary>
    public ResourceBuilder<T> InTransaction(Func<T, IPostUnit, CancellationToken, ValueTask> handler)
    {
        _form.Handler = new TypedHandler<T>(_type, handler);
        return this;
    }

    /// <summary>
    /// Runs after the commit of each POST, PUT and PATCH that was accepted, with the record as it was then: at least
    /// once, and again with growing pauses when it throws; after a crash it is taken up again.
    /// <see cref="IPostJob.Record"/> is the record's id.
    /// </summary>
    public ResourceBuilder<T> Afterwards(Func<T, IPostJob, CancellationToken, ValueTask> work)
    {
        _form.FollowUp = new RecordFollowUp(new TypedFollowUp<T>(_type, work));
        return this;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _form.Conventions.Add(convention);

    private ResourceBuilder<T> Resource(Func<ResourceDeclaration, ResourceDeclaration> change) =>
        Declare(declaration => declaration with { Resource = change(declaration.Resource) });

    private string[] Pointers(
        Expression<Func<T, object?>> field, IReadOnlyList<Expression<Func<T, object?>>> more) =>
        [.. more.Prepend(field).Select(selected => TypeField.Pointer(_type, selected))];
}
