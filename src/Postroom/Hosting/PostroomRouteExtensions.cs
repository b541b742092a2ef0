using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what Postroom serves.</summary>
public static class PostroomRouteExtensions
{
    /// <summary>
    /// Maps every endpoint that the declaration file declares, and what is built in under <c>/_postroom/</c>:
    /// receipts, health, the pages that explain refusals and the description of all endpoints.
    /// </summary>
    public static IEndpointRouteBuilder MapPostroom(this IEndpointRouteBuilder routes)
    {
        AddSource(routes);
        BuiltInRoutes.Map(routes);
        return routes;
    }

    /// <summary>
    /// Maps a form whose schema is made from <typeparamref name="T"/> and its annotations, unless another is given
    /// with <see cref="FormBuilder{T}.Schema"/>.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="path">Such as <c>/api/contact</c>.</param>
    /// <param name="type">
    /// How the document is read; null takes it from the JSON options of the host, and its absence there stops the
    /// start with the type's name.
    /// </param>
    public static FormBuilder<T> MapForm<T>(
        this IEndpointRouteBuilder routes, string path, JsonTypeInfo<T>? type = null)
        where T : class
    {
        AddSource(routes);
        var form = new CodeForm(path);
        routes.ServiceProvider.GetRequiredService<CodeForms>().Add(form);
        return new FormBuilder<T>(form, type ?? ConfiguredTypes.Find<T>(routes.ServiceProvider));
    }

    /// <summary>
    /// Maps a resource whose schema is made from <typeparamref name="T"/> and its annotations, unless another is given
    /// with <see cref="ResourceBuilder{T}.Schema"/>: records with addresses of their own under the path.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="path">Such as <c>/api/users</c>.</param>
    /// <param name="type">
    /// How the document is read; null takes it from the JSON options of the host, and its absence there stops the
    /// start with the type's name.
    /// </param>
    public static ResourceBuilder<T> MapResource<T>(
        this IEndpointRouteBuilder routes, string path, JsonTypeInfo<T>? type = null)
        where T : class
    {
        AddSource(routes);
        var form = new CodeForm(path);
        routes.ServiceProvider.GetRequiredService<CodeForms>().Add(form);
        return new ResourceBuilder<T>(form, type ?? ConfiguredTypes.Find<T>(routes.ServiceProvider));
    }

    /// <summary>
    /// Maps an endpoint for uploads: files of any size, in one request or in many (tus 1.0.0, Resumable Uploads for
    /// HTTP). <typeparamref name="T"/> holds the fields that come with a file; those that hold its name are annotated
    /// with <c>[DataType(DataType.Upload)]</c>. Code inside the commit and after it runs once the last byte is there.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="path">Such as <c>/api/uploads</c>; each file has its address below.</param>
    /// <param name="type">As of <see cref="MapForm{T}"/>.</param>
    public static FormBuilder<T> MapUpload<T>(
        this IEndpointRouteBuilder routes, string path, JsonTypeInfo<T>? type = null)
        where T : class => routes.MapForm(path, type).Declare(declaration => declaration.AsUpload());

    private static void AddSource(IEndpointRouteBuilder routes)
    {
        var source = routes.ServiceProvider.GetRequiredService<PlanEndpointSource>();
        if (!routes.DataSources.Contains(source))
        {
            routes.DataSources.Add(source);
        }
    }
}
