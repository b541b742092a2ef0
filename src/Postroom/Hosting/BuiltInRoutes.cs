using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Postroom.Answers;
using Postroom.Description;
using Postroom.Endpoints;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// What is served under <c>/_postroom/</c> beside the inbox: health, receipts, a page for each refusal, the script that
/// finds proofs of work, the description of the endpoints.
/// </summary>
internal static class BuiltInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_postroom/health", (RequestDelegate)HealthAsync);
        routes.MapGet(Receipts.Route + "{token}", (RequestDelegate)ReceiptAsync);
        routes.MapMethods(
            FormPage.ProofScript,
            [HttpMethods.Get, HttpMethods.Head],
            (RequestDelegate)(http => http.RequestServices.GetRequiredService<ProofScript>().ServeAsync(http)));
        Read(routes, ApiDescription.DocumentRoute, http => Description(http).ServeDocumentAsync(http));
        Read(routes, ReferencePage.Route, http => Description(http).ServeIndexAsync(http));
        Read(
            routes, $"{ReferencePage.Route}/{{{DescriptionHost.OperationValue}}}",
            http => Description(http).ServeOperationAsync(http));
        Read(
            routes, ReferenceScript.Route,
            http => http.RequestServices.GetRequiredService<ReferenceScript>().ServeAsync(http));
        routes.MapGet("/_postroom/errors", (RequestDelegate)ErrorKindsAsync);
        routes.MapGet("/_postroom/errors/{code}", (RequestDelegate)ErrorKindAsync);
    }

    private static void Read(IEndpointRouteBuilder routes, string pattern, RequestDelegate answer) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], answer);

    private static DescriptionHost Description(HttpContext http) =>
        http.RequestServices.GetRequiredService<DescriptionHost>();

    /// <summary>
    /// 200 while POSTs are taken, 503 when the store was poisoned or the host stops. Cheap: nothing is read.
    /// </summary>
    private static async Task HealthAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var poisoned = services.GetRequiredService<IPostStore>().Poisoned.IsCancellationRequested;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
        var status = poisoned ? "failed" : stopping ? "stopping" : "ok";
        http.Response.StatusCode = status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var output = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, status);
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.WriteAsync(output.WrittenMemory, http.RequestAborted);
    }

    private static async Task ReceiptAsync(HttpContext http)
    {
        var store = http.RequestServices.GetRequiredService<IPostStore>();
        var receipts = http.RequestServices.GetRequiredService<Receipts>();
        if (!receipts.TryRead((string)http.GetRouteValue("token")!, out var id) || Find(store, id) is not { } entry)
        {
            await FaultResponse.RefuseAsync(
                http, new Fault(FaultCatalogue.NotFound, "This receipt does not exist, or its entry was deleted."));
            return;
        }

        var plan = http.RequestServices.GetRequiredService<PlanTable>().Find(entry.Endpoint);
        await FaultResponse.WritePageAsync(http.Response, ReceiptPages.Render(plan, entry));
    }

    private static Entry? Find(IPostStore store, EntryId id)
    {
        using var reader = store.Read();
        return reader.FindEntry(id);
    }

    private static async Task ErrorKindsAsync(HttpContext http) =>
        await FaultResponse.WritePageAsync(http.Response, ErrorPages.RenderIndex());

    private static async Task ErrorKindAsync(HttpContext http)
    {
        var code = (string)http.GetRouteValue("code")!;
        var kind = FaultCatalogue.All.FirstOrDefault(kind => kind.Code == code);
        if (kind is null)
        {
            await FaultResponse.RefuseAsync(
                http, new Fault(FaultCatalogue.NotFound, "There is no refusal of this name."));
            return;
        }

        await FaultResponse.WritePageAsync(http.Response, ErrorPages.RenderKind(kind));
    }
}
