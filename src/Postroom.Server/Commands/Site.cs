using Microsoft.Extensions.FileProviders;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Hosting;

namespace Postroom.Server.Commands;

/// <summary>Serves the static files of <c>site:</c>, and tells whoever finds nothing what he may have meant.</summary>
internal static class Site
{
    public static void Use(WebApplication app, PostroomDeclaration declaration)
    {
        if (declaration.Site is { } folder)
        {
            var files = new PhysicalFileProvider(folder);
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                OnPrepareResponse = context =>
                {
                    // Kept, but asked for again each time: an edited page shows at the next reload.
                    context.Context.Response.Headers.CacheControl = "no-cache";
                    context.Context.Response.Headers.XContentTypeOptions = "nosniff";
                },
            });
        }

        app.Use((http, next) => http.GetEndpoint() is null ? NotFoundAsync(http) : next(http));
    }

    private static Task NotFoundAsync(HttpContext http) => BuiltInRoutes.RefuseAsync(http, new Fault(
        FaultCatalogue.NotFound,
        HttpMethods.IsPost(http.Request.Method)
            ? "No endpoint is declared at this path. Compare the form's action with the endpoints in postroom.yaml."
            : "There is no page at this address."));
}
