using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Postroom.Hosting;
using Postroom.Sqlite;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    WebRootPath = Path.Combine(AppContext.BaseDirectory, "site"),
});
builder.Services.ConfigureHttpJsonOptions(
    json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApplicationJson.Default));
builder.AddPostroom(new PostroomOptions { HasIdentity = false }).UseSqlite(sqlite => sqlite with
{
    // A table of your own, in the same file and in the same commit as every application.
    OnOpen =
    [
        "create table if not exists papers (sha256 text primary key, email text not null, bytes integer not null)",
    ],
});
var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();

app.MapForm<Application>("/api/application")
    .Files("application/pdf")
    .Unique(form => form.Email, form => form.Position)
    .Respond(created: "Thank you, {{name}}. Your application has arrived.", required: "Please fill in what is marked.")
    .Redirect("/thanks.html")
    .InTransaction((form, unit, cancel) =>
    {
        // The bytes are on the disk already, and counted and hashed; they stay only if this is committed.
        var cv = unit.Files[0];
        var sender = unit.Query("select email from papers where sha256 = ?1", cv.Sha256);
        if (sender.Rows is [[string email, ..], ..] && email != form.Email)
        {
            unit.Refuse("Somebody else has sent this very file. Is it yours?", "/cv", status: 409);
            return ValueTask.CompletedTask;
        }

        unit.Execute(
            "insert into papers values (?1, ?2, ?3) on conflict (sha256) do nothing", cv.Sha256, form.Email, cv.Size);
        return ValueTask.CompletedTask;
    })
    .Afterwards(async (form, job, cancel) =>
    {
        // After the commit, at least once: a name that follows from the entry makes a second run write the same file.
        var desk = Directory.CreateDirectory("desk").FullName;
        var paper = Path.Combine(desk, $"{job.Entry}.pdf");
        await using (var cv = await job.Files[0].OpenAsync(cancel))
        await using (var copy = File.Create(paper + ".partial"))
        {
            await cv.CopyToAsync(copy, cancel);
        }

        File.Move(paper + ".partial", paper, overwrite: true);
        job.Services.GetRequiredService<ILogger<Application>>().LogInformation(
            "{Name} applies as {Position}: {Paper}", form.Name, form.Position, Path.GetFileName(paper));
    });
app.MapPostroom();
app.Run();

/// <summary>The application. Its schema is made from this type and its annotations.</summary>
public sealed class Application
{
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    [Required, EmailAddress, StringLength(254)]
    public required string Email { get; init; }

    [Required, AllowedValues("gardener", "postmaster", "lighthouse keeper")]
    public required string Position { get; init; }

    /// <summary>The name of the file; the file itself stands in <c>Files</c>.</summary>
    [Required, DataType(DataType.Upload)]
    public required string Cv { get; init; }

    [StringLength(5000)]
    public string Letter { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Application))]
internal sealed partial class ApplicationJson : JsonSerializerContext;
