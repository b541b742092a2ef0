using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Responding;

namespace Postroom.Server.Sites;

/// <summary>Serves the static files of <c>site:</c>, and tells whoever finds nothing what he may have meant.</summary>
internal static class Site
{
    public static void Use(WebApplication app, PostroomDeclaration declaration)
    {
        if (declaration.Site is { } folder)
        {
            var files = new PhysicalFileProvider(folder);
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            UseCompressed(app, files, ContentCoding.Brotli);
            UseCompressed(app, files, ContentCoding.Gzip);
            app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = WriteHeaders });
        }

        app.Use((http, next) => http.GetEndpoint() is null ? NotFoundAsync(http) : next(http));
    }

    private static void UseCompressed(WebApplication app, PhysicalFileProvider files, ContentCoding coding)
    {
        var options = new StaticFileOptions
        {
            FileProvider = new CompressedFiles(files, coding),
            OnPrepareResponse = context =>
            {
                WriteHeaders(context);
                context.Context.Response.Headers.ContentEncoding = Compression.Name(coding);
            },
        };
        app.UseWhen(
            http => !HttpMethods.IsPost(http.Request.Method)
                && AcceptEncoding.Choose(http.Request.Headers.AcceptEncoding) == coding,
            branch => branch.UseStaticFiles(options));
    }

    // No policy of ours: these are the owner's pages, and one that does not know their scripts breaks them.
    private static void WriteHeaders(StaticFileResponseContext context)
    {
        var headers = context.Context.Response.Headers;

        // Kept, but asked for again each time: an edited page shows at the next reload.
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (Compression.Helps(context.File.Name))
        {
            headers.Append("Vary", "Accept-Encoding");
        }
    }

    private static Task NotFoundAsync(HttpContext http) => FaultResponse.RefuseAsync(http, new Fault(
        FaultCatalogue.NotFound,
        HttpMethods.IsPost(http.Request.Method)
            ? "No endpoint is declared at this path. Compare the form's action with the endpoints in postroom.yaml."
            : "There is no page at this address."));
}
