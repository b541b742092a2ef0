using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Hosting;

/// <summary>A form mapped in code. What it says counts from the start of the host on.</summary>
public sealed class FormBuilder<T> : IEndpointConventionBuilder
    where T : class
{
    private readonly CodeForm _form;
    private readonly JsonTypeInfo<T> _type;

    internal FormBuilder(CodeForm form, JsonTypeInfo<T> type)
    {
        _form = form;
        _type = type;
        Declare(declaration => declaration with { Schema = TypeSchema.From(type) });
    }

    /// <summary>Takes this JSON Schema (2020-12) in place of the one made from the type.</summary>
    /// <param name="json">The schema.</param>
    /// <param name="options">
    /// How it is compiled, and where its references lead; <see cref="SchemaOptions.AssertingFormats"/> unless told.
    /// </param>
    public FormBuilder<T> Schema(string json, SchemaOptions? options = null) =>
        Declare(declaration => declaration with
        {
            Schema = Encoding.UTF8.GetBytes(json),
            SchemaOptions = options ?? SchemaOptions.AssertingFormats,
        });

    /// <summary>Sets the message of a success; <c>{{name}}</c> stands for a field of the document.</summary>
    public FormBuilder<T> Respond(string created, string? required = null) =>
        Declare(declaration => declaration with
        {
            Respond = new RespondDeclaration { Created = created, Required = required },
        });

    /// <summary>Sets where a browser goes after a success: an absolute path or URL. Without it, to a receipt.</summary>
    public FormBuilder<T> Redirect(string target) => Declare(declaration => declaration with { Redirect = target });

    /// <summary>
    /// Sets who may post: <c>public</c> (unless told), <c>authenticated</c>, <c>role:x</c> or <c>scope:y</c>.
    /// </summary>
    public FormBuilder<T> Access(string rule) => Declare(declaration => declaration with { Access = rule });

    /// <summary>
    /// Lets no two stored entries share a value: <c>Unique(form => form.Email)</c>. The second gets 409
    /// <c>duplicate</c>. Several fields are one combination; call it again for another rule. E-mail addresses fold the
    /// case of A to Z.
    /// </summary>
    /// <exception cref="ArgumentException">What is selected is no property of the JSON contract.</exception>
    public FormBuilder<T> Unique(
        Expression<Func<T, object?>> field, params IReadOnlyList<Expression<Func<T, object?>>> more)
    {
        UniqueField[] fields =
        [
            .. more.Prepend(field).Select(selected => new UniqueField(TypeField.Pointer(_type, selected))),
        ];
        return Declare(declaration => declaration with { Unique = [.. declaration.Unique, new(fields)] });
    }

    /// <summary>
    /// Takes so many entries: ever, then it answers 410 <c>quota-reached</c>; or in each hour or day of UTC, then
    /// 429 <c>quota-exceeded</c>.
    /// </summary>
    /// <param name="max">At least 1.</param>
    /// <param name="period">One hour or one day; null for all time.</param>
    public FormBuilder<T> Quota(int max, TimeSpan? period = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        if (period is { } each && each != TimeSpan.FromHours(1) && each != TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "A quota is for an hour, a day or all time.");
        }

        return Declare(declaration => declaration with { Quota = new QuotaDeclaration(max, period) });
    }

    /// <summary>
    /// Takes files of these types only: <c>application/pdf</c>, <c>image/*</c>, <c>.docx</c>. Fields that take a file
    /// are texts annotated with <c>[DataType(DataType.Upload)]</c>, or lists of them; they hold the file's name.
    /// </summary>
    public FormBuilder<T> Files(params IReadOnlyList<string> types) =>
        Declare(declaration => declaration with { Files = declaration.Files with { Types = types } });

    /// <summary>Changes everything else that can be declared of an endpoint.</summary>
    public FormBuilder<T> Declare(Func<EndpointDeclaration, EndpointDeclaration> change)
    {
        _form.Declaration = change(_form.Declaration);
        return this;
    }

    /// <summary>
    /// Runs inside the commit of each accepted POST: reads become guards, writes are committed with the POST. It may
    /// run again, so it has no effect outside. Held entries (spam, repeats) run it at their release.
    /// </summary>
    public FormBuilder<T> InTransaction(Func<T, IPostUnit, CancellationToken, ValueTask> handler)
    {
        _form.Handler = new TypedHandler<T>(_type, handler);
        return this;
    }

    /// <summary>
    /// Runs after the commit of each accepted POST, at least once, and again with growing pauses when it throws;
    /// after a crash it is taken up again.
    /// </summary>
    public FormBuilder<T> Afterwards(Func<T, IPostJob, CancellationToken, ValueTask> work)
    {
        _form.FollowUp = new TypedFollowUp<T>(_type, work);
        return this;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _form.Conventions.Add(convention);
}
